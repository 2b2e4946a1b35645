resource "aws_launch_template" "silent" {
  name = "ec2-3-pass-silent"
}

resource "aws_launch_template" "settings" {
  name = "ec2-3-pass-settings"

  user_data = base64encode(<<-END
    #!/bin/sh
    echo ECS_CLUSTER=example >> /etc/ecs/ecs.config
    PASSWORD=$(aws secretsmanager get-secret-value --secret-id database --query SecretString --output text)
    TOKEN="$${TOKEN}"
  END
  )
}

resource "aws_instance" "this" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\ntouch /started\n"
}
