using Causeway.Harness.Terraform;

namespace Causeway.Harness.Policies.Aws.Plans;

internal sealed class StatefulResources() : ChangePolicy(
    "PLN-1",
    "What holds data is deleted or replaced only where its owner approved it, by a waiver: Terraform asks nothing, and a review overlooks one line of many.",
    [],
    [
        "aws_backup_vault", "aws_cloudwatch_log_group", "aws_cognito_user_pool", "aws_db_instance", "aws_docdb_cluster", "aws_dynamodb_table", "aws_ebs_volume",
        "aws_ecr_repository", "aws_efs_file_system", "aws_elasticache_replication_group", "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system",
        "aws_fsx_openzfs_file_system", "aws_fsx_windows_file_system", "aws_keyspaces_table", "aws_kinesis_stream", "aws_kms_key", "aws_memorydb_cluster",
        "aws_mq_broker", "aws_msk_cluster", "aws_neptune_cluster", "aws_opensearch_domain", "aws_rds_cluster", "aws_redshift_cluster", "aws_route53_zone",
        "aws_s3_bucket", "aws_s3_directory_bucket", "aws_secretsmanager_secret", "aws_sqs_queue", "aws_timestreamwrite_table",
    ])
{
    protected override string? Objection(ResourceChange change) => change.Kind switch
    {
        ChangeKind.Delete => "it would be deleted with what it holds",
        ChangeKind.Replace when change.ReplacePaths is [] => "it would be replaced by an empty one",
        ChangeKind.Replace => $"it would be replaced by an empty one, because of {string.Join(", ", change.ReplacePaths)}",
        _ => null,
    };
}
