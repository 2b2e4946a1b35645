using Causeway.Provider.ComputedValues;

namespace Causeway.Offline.Terraform.Provider.ComputedValues;

/// <summary>
/// Policy documents are printed to the byte as hashicorp/aws prints them. What is expected follows that provider's own acceptance tests
/// (internal/service/iam/policy_document_data_source_test.go), with examples of ours.
/// </summary>
public sealed class PolicyDocumentTests
{
    private const string Type = "aws_iam_policy_document";

    private static string Json(string arguments) => Ask.Data(Type, arguments)["json"].AsText!;

    private static string Minified(string arguments) => Ask.Data(Type, arguments)["minified_json"].AsText!;

    /// <summary>The texts as a JSON array of strings: documents are handed on as texts.</summary>
    private static string Quoted(params string[] documents) =>
        $"[{string.Join(',', documents.Select(document => System.Text.Json.JsonSerializer.Serialize(document)))}]";

    [Fact]
    public void A_document_is_printed_with_its_keys_in_order_and_its_lists_descending()
    {
        const string Arguments = """
            {
              "policy_id": "orders",
              "statement": [
                { "sid": "1", "actions": ["s3:GetBucketLocation", "s3:ListAllMyBuckets"], "resources": ["arn:aws:s3:::*"] },
                {
                  "actions": ["s3:ListBucket"], "resources": ["arn:aws:s3:::orders"],
                  "condition": [{ "test": "StringLike", "variable": "s3:prefix", "values": ["home/", "", "home/&{aws:username}/"] }],
                  "not_principals": [{ "type": "AWS", "identifiers": ["arn:aws:iam::111111111111:root"] }]
                },
                {
                  "actions": ["s3:*"],
                  "resources": ["arn:aws:s3:::orders/home/&{aws:username}", "arn:aws:s3:::orders/home/&{aws:username}/*"],
                  "principals": [{ "type": "AWS", "identifiers": ["arn:aws:iam::111111111111:root"] }]
                },
                { "effect": "Deny", "not_actions": ["s3:*"], "not_resources": ["arn:aws:s3:::*"] },
                { "actions": ["kinesis:*"], "principals": [{ "type": "AWS", "identifiers": ["*"] }] },
                { "actions": ["firehose:*"], "principals": [{ "type": "*", "identifiers": ["*"] }] }
              ]
            }
            """;

        Assert.Equal(
            """
            {
              "Version": "2012-10-17",
              "Id": "orders",
              "Statement": [
                {
                  "Sid": "1",
                  "Effect": "Allow",
                  "Action": [
                    "s3:ListAllMyBuckets",
                    "s3:GetBucketLocation"
                  ],
                  "Resource": "arn:aws:s3:::*"
                },
                {
                  "Effect": "Allow",
                  "Action": "s3:ListBucket",
                  "Resource": "arn:aws:s3:::orders",
                  "NotPrincipal": {
                    "AWS": "arn:aws:iam::111111111111:root"
                  },
                  "Condition": {
                    "StringLike": {
                      "s3:prefix": [
                        "home/",
                        "",
                        "home/${aws:username}/"
                      ]
                    }
                  }
                },
                {
                  "Effect": "Allow",
                  "Action": "s3:*",
                  "Resource": [
                    "arn:aws:s3:::orders/home/${aws:username}/*",
                    "arn:aws:s3:::orders/home/${aws:username}"
                  ],
                  "Principal": {
                    "AWS": "arn:aws:iam::111111111111:root"
                  }
                },
                {
                  "Effect": "Deny",
                  "NotAction": "s3:*",
                  "NotResource": "arn:aws:s3:::*"
                },
                {
                  "Effect": "Allow",
                  "Action": "kinesis:*",
                  "Principal": {
                    "AWS": "*"
                  }
                },
                {
                  "Effect": "Allow",
                  "Action": "firehose:*",
                  "Principal": "*"
                }
              ]
            }
            """,
            Json(Arguments));
    }

    [Fact]
    public void The_short_form_has_no_blanks() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["sqs:SendMessage","sqs:ReceiveMessage"],"Resource":"*"}]}""",
        Minified("""{ "statement": [{ "sid": "Read", "actions": ["sqs:ReceiveMessage", "sqs:SendMessage"], "resources": ["*"] }] }"""));

    [Fact]
    public void Without_statements_only_the_version_is_left() => Assert.Equal("{\n  \"Version\": \"2012-10-17\"\n}", Json("{}"));

    [Fact]
    public void The_id_is_the_checksum_of_the_text() =>
        Assert.Equal("1789900679", Ask.Data(Type, """{ "statement": [{ "actions": ["*"], "resources": ["*"] }] }""")["id"].AsText);

    [Fact]
    public void What_Go_escapes_is_escaped_and_nothing_else() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"\u003c\u0026\u003e\"\\ä+'"}]}""",
        Minified("""{ "statement": [{ "actions": ["a:b"], "resources": ["<&>\"\\ä+'"] }] }"""));

    // The order of the blocks is that of their checksums, so it depends on the partition in the ARNs, as in the real provider's tests.
    [Theory]
    [InlineData("aws", "333333333333 444444444444 222222222222 111111111111")]
    [InlineData("aws-us-gov", "333333333333 222222222222 111111111111 444444444444")]
    public void Principals_of_one_type_become_one_list(string partition, string accounts)
    {
        string Root(string account) => $"arn:{partition}:iam::{account}:root";
        var arguments = $$"""
            { "statement": [{ "actions": ["*"], "principals": [
              { "type": "AWS", "identifiers": ["{{Root("111111111111")}}", "{{Root("222222222222")}}"] },
              { "type": "AWS", "identifiers": ["{{Root("333333333333")}}"] },
              { "type": "AWS", "identifiers": ["{{Root("444444444444")}}"] }
            ] }] }
            """;

        Assert.Equal(
            $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Principal":{"AWS":[{{{string.Join(',', accounts.Split(' ').Select(account => $"\"{Root(account)}\""))}}}]}}]}""",
            Minified(arguments));
    }

    [Fact]
    public void A_single_principal_beside_a_list_keeps_its_place() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Principal":{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::333333333333:root","arn:aws:iam::222222222222:root"]}}]}""",
        Minified("""
            { "statement": [{ "actions": ["*"], "principals": [
              { "type": "AWS", "identifiers": ["arn:aws:iam::111111111111:root"] },
              { "type": "AWS", "identifiers": ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"] }
            ] }] }
            """));

    [Fact]
    public void Types_of_principals_and_tests_of_conditions_ascend() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"123456789012","Service":["lambda.amazonaws.com","ecs-tasks.amazonaws.com"]},"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:*"},"StringEquals":{"aws:RequestedRegion":"eu-central-1","aws:SourceAccount":["1","2"]}}}]}""",
        Minified("""
            { "statement": [{ "actions": ["sts:AssumeRole"],
              "principals": [{ "type": "Service", "identifiers": ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] }, { "type": "AWS", "identifiers": ["123456789012"] }],
              "condition": [
                { "test": "StringEquals", "variable": "aws:SourceAccount", "values": ["1", "2"] },
                { "test": "StringEquals", "variable": "aws:RequestedRegion", "values": ["eu-central-1"] },
                { "test": "ArnLike", "variable": "aws:SourceArn", "values": ["arn:aws:ecs:*"] }
              ] }] }
            """));

    [Fact]
    public void Source_documents_come_first_and_their_statements_are_overwritten_by_sid()
    {
        var first = Json("""{ "policy_id": "first", "statement": [{ "actions": ["foo:One"] }, { "sid": "Mine", "actions": ["bar:One"] }] }""");
        var second = Json("""{ "statement": [{ "sid": "Yours", "effect": "Deny", "actions": ["foo:Two"] }] }""");

        Assert.Equal(
            """{"Version":"2012-10-17","Id":"first","Statement":[{"Effect":"Allow","Action":"foo:One"},{"Sid":"Mine","Effect":"Deny","Action":"*"},{"Sid":"Yours","Effect":"Deny","Action":"foo:Two"},{"Effect":"Allow","Action":"own:Last"}]}""",
            Minified($$"""
                { "source_policy_documents": {{Quoted(first, second)}},
                  "statement": [{ "sid": "Mine", "effect": "Deny", "actions": ["*"] }, { "actions": ["own:Last"] }] }
                """));
    }

    [Fact]
    public void Override_documents_come_last_and_the_last_one_wins()
    {
        var first = Json("""{ "policy_id": "override", "statement": [{ "actions": ["foo:One"] }, { "sid": "Mine", "actions": ["bar:One"] }] }""");
        var second = Json("""{ "statement": [{ "sid": "Mine", "effect": "Deny", "actions": ["bar:Two"] }] }""");

        Assert.Equal(
            """{"Version":"2012-10-17","Id":"override","Statement":[{"Sid":"Mine","Effect":"Deny","Action":"bar:Two"},{"Effect":"Allow","Action":"foo:One"}]}""",
            Minified($$"""
                { "policy_id": "own", "override_policy_documents": {{Quoted(first, second)}},
                  "statement": [{ "sid": "Mine", "actions": ["s3:*"], "resources": ["arn:aws:s3:::orders"] }] }
                """));
    }

    [Fact]
    public void A_written_document_keeps_the_order_of_its_actions_and_loses_unknown_members()
    {
        const string Written = """
            { "version": "2008-10-17", "Statement": [{ "Effect": "Allow", "action": ["a:1", "b:2"], "Resource": "*", "Comment": "?", "Principal": "*",
              "Condition": { "Bool": { "aws:SecureTransport": true }, "NumericLessThan": { "s3:max-keys": 10 } } }] }
            """;

        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:1","b:2"],"Resource":"*","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}""",
            Minified($$"""{ "source_policy_documents": {{Quoted(Written)}} }"""));
    }

    [Fact]
    public void Two_statements_of_one_sid_are_refused()
    {
        var refusal = Ask.Refused(Type, """{ "statement": [{ "sid": "1", "actions": ["a:b"] }, { "sid": "1", "actions": ["c:d"] }] }""");

        Assert.Equal("writing IAM Policy Document: duplicate Sid (1). Remove the Sid or ensure the Sid is unique.", refusal.Message);
        Assert.Equal(["statement", 1, "sid"], refusal.Path);
    }

    [Fact]
    public void Two_statements_without_a_sid_are_not_in_each_others_way() =>
        Assert.Equal(2, System.Text.Json.Nodes.JsonNode.Parse(Json("""{ "statement": [{ "sid": "", "actions": ["a:b"] }, { "sid": "", "actions": ["a:b"] }] }"""))!["Statement"]!.AsArray().Count);

    [Fact]
    public void One_sid_in_two_source_documents_is_refused()
    {
        var document = Json("""{ "statement": [{ "actions": ["a:b"] }, { "sid": "Same", "actions": ["a:b"] }] }""");
        var refusal = Ask.Refused(Type, $$"""{ "source_policy_documents": {{Quoted(document, document)}} }""");

        Assert.Equal(
            "writing IAM Policy Document: merging source document 1: duplicate Sid (Same) in source_policy_documents (statement 1). " +
            "Remove the Sid or ensure Sids are unique.",
            refusal.Message);
        Assert.Equal(["source_policy_documents", 1], refusal.Path);
    }

    [Fact]
    public void An_empty_sid_counts_as_none() => Assert.Equal(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b"},{"Effect":"Allow","Action":"c:d"}]}""",
        Minified("""{ "statement": [{ "sid": "", "actions": ["a:b"] }, { "sid": "", "actions": ["c:d"] }] }"""));

    [Theory]
    [InlineData("source_policy_documents")]
    [InlineData("override_policy_documents")]
    public void Statements_with_an_empty_sid_are_not_one_statement(string argument)
    {
        const string Document = """{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"a:b"},{"Sid":"","Effect":"Allow","Action":"c:d"}]}""";

        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b"},{"Effect":"Allow","Action":"c:d"}]}""",
            Minified($$"""{ "{{argument}}": {{Quoted(Document)}} }"""));
    }

    [Theory]
    [InlineData(""" "resources": ["&{aws:username}"] """, "reading resources")]
    [InlineData(""" "not_resources": ["&{aws:username}"] """, "reading not_resources")]
    [InlineData(""" "principals": [{ "type": "AWS", "identifiers": ["&{aws:username}"] }] """, "reading principals: reading identifiers")]
    [InlineData(""" "not_principals": [{ "type": "AWS", "identifiers": ["&{aws:username}"] }] """, "reading not_principals: reading identifiers")]
    [InlineData(""" "condition": [{ "test": "StringLike", "variable": "a", "values": ["", "&{aws:username}"] }] """, "reading condition: reading values")]
    public void The_old_version_has_no_variables(string argument, string doing) => Assert.Equal(
        $"{doing}: found &{{ sequence in (&{{aws:username}}), which is not supported in document version 2008-10-17",
        Ask.Refused(Type, $$"""{ "version": "2008-10-17", "statement": [{ "actions": ["*"], {{argument}} }] }""").Message);

    [Theory]
    [InlineData("""{ "version": "2012-10-18" }""", "expected version to be one of")]
    [InlineData("""{ "statement": [{ "effect": "allow" }] }""", "expected statement.0.effect to be one of")]
    [InlineData("""{ "statement": [{ "sid": "my sid" }] }""", "must only include alphanumeric characters")]
    [InlineData("""{ "source_policy_documents": ["{"] }""", "merging source document 0: invalid JSON")]
    [InlineData("""{ "override_policy_documents": ["[]"] }""", "merging override document 0: a policy document is a JSON object")]
    [InlineData("""{ "source_policy_documents": ["{\"Statement\": {}}"] }""", "Statement has to be an array")]
    public void What_is_not_a_policy_is_refused(string arguments, string why) =>
        Assert.Contains(why, Ask.Refused(Type, arguments).Message, StringComparison.Ordinal);

    [Fact]
    public void A_document_that_is_null_is_passed_over() =>
        Assert.Equal("""{"Version":"2012-10-17"}""", Minified("""{ "source_policy_documents": [null], "override_policy_documents": [null] }"""));

    [Fact]
    public void Defaults_are_part_of_the_answer()
    {
        var answer = Ask.Data(Type, """{ "statement": [{ "actions": ["*"] }, { "effect": null }] }""");

        Assert.Equal("2012-10-17", answer["version"].AsText);
        Assert.All(answer["statement"].Items, statement => Assert.Equal("Allow", statement["effect"].AsText));
    }

    [Fact]
    public void A_data_source_of_the_cloud_is_not_computed() => Assert.False(ComputedData.TryGet("aws_vpc", out _));
}
