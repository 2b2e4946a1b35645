# A private bucket without a policy: scanners that look at public buckets alone let it pass.
resource "aws_s3_bucket" "silent" {
  bucket = "s3-2-fail-silent"
}

resource "aws_s3_bucket" "open" {
  bucket = "s3-2-fail-open"
}

resource "aws_s3_bucket_policy" "open" {
  bucket = aws_s3_bucket.open.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::s3-2-fail-open", "arn:aws:s3:::s3-2-fail-open/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::s3-2-fail-open/*" },
    ]
  })
}

# It refuses writing without TLS, and not reading.
resource "aws_s3_bucket" "half" {
  bucket = "s3-2-fail-half"
}

resource "aws_s3_bucket_policy" "half" {
  bucket = aws_s3_bucket.half.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::s3-2-fail-half/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# It refuses reading what is in the bucket without TLS, and not listing it.
resource "aws_s3_bucket" "objects" {
  bucket = "s3-2-fail-objects"
}

resource "aws_s3_bucket_policy" "objects" {
  bucket = aws_s3_bucket.objects.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::s3-2-fail-objects/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
