{{/* edge.problem: an error of the edge's own as a problem document (RFC 9457), from (dict "name" "status" "title" "detail"). */}}
{{- define "edge.problem" -}}
content-type application/problem+json string '{{ dict "type" (printf "urn:causeway:problem:%s" .name) "title" .title "status" .status "detail" .detail | toJson }}'
{{- end }}
