# A new name is another bucket. The table is not here any more.
resource "aws_s3_bucket" "renamed" {
  bucket = "pln-1-fail-renamed-again"
}
