namespace PresignKit.Tests;

/// <summary>The policy of a correctly signed form: its syntax, and what its conditions require.</summary>
public class PresignedPostConditionTests
{
    private static readonly ReceivedPost Good = ReceivedPost.Good;

    [Theory]
    [InlineData("""{"acl": "private"}""", "acl", "private")]
    [InlineData("""{"ACL": "private"}""", "acl", "private")]
    [InlineData("""["eq", "$acl", "private"]""", "Acl", "private")]
    [InlineData("""["eq", "$Acl", "private"]""", "acl", "private")]
    [InlineData("""["starts-with", "$acl", "pri"]""", "acl", "private")]
    [InlineData("""["starts-with", "$acl", ""]""", "acl", "")]
    [InlineData("""["eq", "$acl", ""]""", "acl", "")]
    [InlineData("""["starts-with", "$acl", "pri"], ["eq", "$acl", "private"]""", "acl", "private")]
    [InlineData("""["starts-with", "$Content-Type", "image/"]""", "content-type", "image/jpg,image/png,image/gif")]
    [InlineData("""["starts-with", "$Content-Type", ""]""", "content-type", "image/jpg,text/plain")]
    [InlineData("""["starts-with", "$x-amz-meta-types", "image/"]""", "x-amz-meta-types", "image/jpg,text/plain")]
    [InlineData("""{"x-amz-meta-title": "Gr\u00fc\u00dfe \ud83d\ude00 \"A\\B\""}""", "x-amz-meta-title", "Grüße 😀 \"A\\B\"")]
    [InlineData("""{"x-amz-meta-title": "$key"}""", "x-amz-meta-title", "$key")]
    [InlineData("""["starts-with", "$success_action_redirect", "https://a.example/?f="]""", "success_action_redirect", "https://a.example/?f=${filename}")]
    public void Verify_SatisfiedCondition_IsValid(string condition, string name, string value) =>
        With(condition, (name, value)).Verify().Status.Should().Be(PresignedPostVerificationStatus.Valid);

    [Theory]
    [InlineData("""{"acl": "private"}""", "acl", "public-read", """["eq", "$acl", "private"]""")]
    [InlineData("""{"acl": "private"}""", "acl", "Private", """["eq", "$acl", "private"]""")]
    [InlineData("""{"acl": "private"}""", null, null, """["eq", "$acl", "private"]""")]
    [InlineData("""["eq", "$acl", ""]""", null, null, """["eq", "$acl", ""]""")]
    [InlineData("""["eq","$Acl","private"]""", "acl", "private ", """["eq", "$Acl", "private"]""")]
    [InlineData("""["starts-with", "$acl", "pri"]""", "acl", "pr", """["starts-with", "$acl", "pri"]""")]
    [InlineData("""["starts-with", "$acl", "pri"], ["eq", "$acl", "private"]""", "acl", "private2", """["eq", "$acl", "private"]""")]
    [InlineData("""["starts-with", "$utf8", ""]""", null, null, """["starts-with", "$utf8", ""]""")]
    [InlineData("""["starts-with", "$Content-Type", "image/"]""", "Content-Type", "image/jpg,text/plain", """["starts-with", "$Content-Type", "image/"]""")]
    [InlineData("""["starts-with", "$Content-Type", "image/"]""", "Content-Type", "image/jpg,", """["starts-with", "$Content-Type", "image/"]""")]
    [InlineData("""["starts-with", "$acl", "$key"]""", "acl", "anything", """["starts-with", "$acl", "$key"]""")]
    [InlineData("""{"x-amz-meta-a": "é\"\\\u0001"}""", "x-amz-meta-a", "x", """["eq", "$x-amz-meta-a", "é\"\\\u0001"]""")]
    [InlineData("""["content-length-range", "test", "10"]""", null, null, """["content-length-range", "test", "10"]""")]
    [InlineData("""["content-length-range", 10, 1]""", null, null, """["content-length-range", 10, 1]""")]
    [InlineData("""["content-length-range", -1, 1]""", null, null, """["content-length-range", -1, 1]""")]
    [InlineData("""["content-length-range", 0, 1e3]""", null, null, """["content-length-range", 0, 1e3]""")]
    [InlineData("""["content-length-range", 0, 99999999999999999999]""", null, null, """["content-length-range", 0, 99999999999999999999]""")]
    [InlineData("""["content-length-range", null, true]""", null, null, """["content-length-range", null, true]""")]
    [InlineData("""["content-length-range", 1, 5], ["content-length-range", 6, 9]""", null, null, """["content-length-range", 6, 9]""")]
    public void Verify_ViolatedCondition_IsQuotedAsOnAws(string condition, string? name, string? value, string quoted)
    {
        PresignedPostVerificationResult result = (name is null ? With(condition) : With(condition, (name, value!))).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.ConditionFailed);
        result.Condition.Should().Be(quoted);
        result.ExpiresAt.Should().NotBeNull();
        result.Key.Should().BeNull();
        result.ToString().Should().StartWith("ConditionFailed: [\"");
    }

    // The responses that AWS sent to these policies are recorded in LocalStack's tests (TestS3PresignedPost, test_post_object_policy_conditions_validation_eq and _starts_with).
    [Theory]
    [InlineData("""{"success_action_redirect": "http://localhost.test/random"}""", null, """["eq", "$success_action_redirect", "http://localhost.test/random"]""")]
    [InlineData("""["eq", "$success_action_redirect", "HTTP://localhost.test/random"]""", "http://localhost.test/random", """["eq", "$success_action_redirect", "HTTP://localhost.test/random"]""")]
    [InlineData("""["eq", "success_action_redirect", "http://localhost.test/random"]""", "http://localhost.test/random", """["eq", "success_action_redirect", "http://localhost.test/random"]""")]
    [InlineData("""["starts-with", "$success_action_redirect", "http://localhost"]""", "http://wrong.example", """["starts-with", "$success_action_redirect", "http://localhost"]""")]
    public void Verify_ConditionOnTheRedirect_IsQuotedAsRecorded(string condition, string? redirect, string quoted) =>
        (redirect is null ? With(condition) : With(condition, ("success_action_redirect", redirect))).Verify().Condition.Should().Be(quoted);

    [Theory]
    [InlineData("acl")]
    [InlineData("xacl")]
    [InlineData("")]
    public void Verify_ConditionWithoutDollarSign_DoesNotReferToAField(string variable)
    {
        PresignedPostVerificationResult result = With($"""["eq", "{variable}", "private"]""", ("acl", "private")).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.ConditionFailed);
        result.Field.Should().Be(variable);
        result.Condition.Should().Be($"""["eq", "{variable}", "private"]""");
    }

    [Theory]
    [InlineData("""["content-length-range", 1, 10]""", 1, 10)]
    [InlineData("""["content-length-range", "1", "10"]""", 1, 10)]
    [InlineData("""["content-length-range", 0, 0]""", 0, 0)]
    [InlineData("""["content-length-range", 0, 9223372036854775807]""", 0, long.MaxValue)]
    [InlineData("""["content-length-range", 1, 10], ["content-length-range", 0, 5], ["content-length-range", 3, 20]""", 3, 5)]
    public void ContentLength_Range_IsTheRangeThatSatisfiesAllConditions(string condition, long min, long max) =>
        With(condition).Verify().ContentLength.Should().Be(new ContentLengthRange(min, max));

    [Fact]
    public void ContentLength_NoRange_IsNull() => Good.Verify().ContentLength.Should().BeNull();

    [Theory]
    [InlineData("acl", "public-read")]
    [InlineData("Content-Type", "text/html")]
    [InlineData("x-amz-meta-a", "")]
    [InlineData("AWSAccessKeyId", "AK")]
    [InlineData("content-length-range", "1")]
    public void Verify_FieldWithoutCondition_IsReported(string name, string value)
    {
        PresignedPostVerificationResult result = (Good with { Conditions = Good.Conditions + """, ["content-length-range", 1, 10]""" })
            .VerifyChanged(fields => fields.Append(new(name, value)));

        result.Status.Should().Be(PresignedPostVerificationStatus.FieldNotInPolicy);
        result.Field.Should().Be(name);
    }

    [Theory]
    [InlineData("x-amz-date")]
    [InlineData("x-amz-algorithm")]
    [InlineData("x-amz-credential")]
    public void Verify_SignatureFieldWithoutCondition_IsReported(string name)
    {
        string[] names = ["x-amz-date", "x-amz-algorithm", "x-amz-credential"];
        string conditions = string.Join(", ", names.Except([name]).Select(one => $"""["starts-with", "${one}", ""]""").Prepend(Good.Conditions));

        PresignedPostVerificationResult result = (Good with { Json = $$"""{"expiration": {{Good.Expiration}}, "conditions": [{{conditions}}]}""" }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.FieldNotInPolicy);
        result.Field.Should().Be(name);
    }

    [Fact]
    public void Verify_NoConditionForTheBucket_IsReportedAsOnAws()
    {
        PresignedPostVerificationResult result = (Good with { Conditions = """["starts-with", "$key", "up/"]""" }).Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.FieldNotInPolicy);
        result.Field.Should().Be("bucket");
    }

    [Fact]
    public void Verify_NoConditionForTheBucketOrForAField_ReportsTheFieldOfTheForm() =>
        (Good with { Conditions = """["starts-with", "$key", "up/"]""" }).VerifyChanged(fields => fields.Append(new("acl", "private"))).Field.Should().Be("acl");

    [Fact]
    public void Verify_DifferentBucket_Fails()
    {
        (Good with { Bucket = "other" }).Verify().Condition.Should().Be("""["eq", "$bucket", "my-space"]""");
        (Good with { Bucket = "MY-SPACE" }).Verify().IsValid.Should().BeFalse();
        Good.VerifyChanged(fields => fields.Append(new("bucket", "my-space"))).IsValid.Should().BeTrue();
        Good.VerifyChanged(fields => fields.Append(new("Bucket", "other"))).Condition.Should().Be("""["eq", "$bucket", "my-space"]""");
        (Good with { Bucket = "other" }).VerifyChanged(fields => fields.Append(new("bucket", "my-space"))).IsValid.Should().BeFalse("the form was sent to a different bucket");
    }

    [Theory]
    [InlineData("""{"a": "1", "b": "2"}""", "Condition 3 of the policy is an object that does not have exactly one property.")]
    [InlineData("""{"a": "1", "a": "1"}""", "Condition 3 of the policy is an object that does not have exactly one property.")]
    [InlineData("{}", "Condition 3 of the policy is an object that does not have exactly one property.")]
    [InlineData("""{"a": 1}""", "Condition 3 of the policy has a value that is not a string.")]
    [InlineData("""{"a": null}""", "Condition 3 of the policy has a value that is not a string.")]
    [InlineData("[]", "Condition 3 of the policy is a list that does not consist of a type and two other elements.")]
    [InlineData("""["eq", "$a"]""", "Condition 3 of the policy is a list that does not consist of a type and two other elements.")]
    [InlineData("""["eq", "$a", "b", "c"]""", "Condition 3 of the policy is a list that does not consist of a type and two other elements.")]
    [InlineData("""[1, "$a", "b"]""", "Condition 3 of the policy is a list that does not consist of a type and two other elements.")]
    [InlineData("""["in", "$a", "b"]""", "Condition 3 of the policy does not have one of the types*")]
    [InlineData("""["eq", 1, "b"]""", "Condition 3 of the policy has a name or a value that is not a string.")]
    [InlineData("""["eq", "$a", 1]""", "Condition 3 of the policy has a name or a value that is not a string.")]
    [InlineData("1", "Condition 3 of the policy is neither an object nor a list.")]
    [InlineData("null", "Condition 3 of the policy is neither an object nor a list.")]
    [InlineData("""["eq", "$a", ["b"]]""", "The policy is not valid JSON*")]
    [InlineData("""["eq", "$a", "\uD800"]""", "The policy is not valid JSON*")]
    [InlineData("""{"\uD800": "a"}""", "The policy is not valid JSON*")]
    [InlineData("""["content-length-range", "\uD800", 1]""", "The policy is not valid JSON*")]
    [InlineData("""{"a": "\$"}""", "The policy is not valid JSON*")]
    [InlineData("""{"a": "1"},""", "The policy is not valid JSON*")]
    [InlineData("""{"a": "1"} /* note */""", "The policy is not valid JSON*")]
    public void Verify_MalformedCondition_IsMalformedPolicy(string condition, string problem) => Malformed(With(condition), problem);

    [Theory]
    [InlineData("", "The policy is not valid JSON*")]
    [InlineData("[]", "The policy is not a JSON object.")]
    [InlineData("null", "The policy is not a JSON object.")]
    [InlineData("{}", "The policy's 'expiration' is missing*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z"}""", "The policy's 'conditions' are missing*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z", "conditions": {}}""", "The policy's 'conditions' are missing*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z", "conditions": []} {}""", "The policy is not valid JSON*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z", "conditions": [["eq", "$a", "b"],]}""", "The policy is not valid JSON*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z", "conditions": [], "conditions": []}""", "The policy contains a repeated property*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z", "conditions": [], "expiration": "2027-03-14T16:09:26Z"}""", "The policy contains a repeated property*")]
    [InlineData("""{"expiration": "2026-03-14T16:09:26Z", "conditions": [], "other": 1}""", "The policy contains a repeated property*")]
    [InlineData("""{"Expiration": "2026-03-14T16:09:26Z", "conditions": []}""", "The policy contains a repeated property*")]
    public void Verify_MalformedPolicy_IsMalformedPolicy(string json, string problem) => Malformed(Good with { Json = json }, problem);

    [Theory]
    [InlineData("\"2026-03-14T16:09:26Z\"", true)]
    [InlineData("\"2026-03-14T16:09:26.535Z\"", true)]
    [InlineData("\"2026-03-14T16:09:26+00:00\"", false)]
    [InlineData("\"2026-03-14T16:09:26\"", false)]
    [InlineData("\"2026-03-14T16:09:26z\"", false)]
    [InlineData("\"2026-03-14 16:09:26Z\"", false)]
    [InlineData("\" 2026-03-14T16:09:26Z\"", false)]
    [InlineData("\"2026-02-30T16:09:26Z\"", false)]
    [InlineData("\"2026-03-14\"", false)]
    [InlineData("\"2569-03-14T16:09:26.5Z\"", false)]
    [InlineData("\"٢٠٢٦-03-14T16:09:26Z\"", false)]
    [InlineData("1773504566", false)]
    [InlineData("null", false)]
    public void Verify_Expiration_MustBeAnInstantInUtc(string expiration, bool isValid)
    {
        PresignedPostVerificationResult result = (Good with { Expiration = expiration }).Verify();

        result.Status.Should().Be(isValid ? PresignedPostVerificationStatus.Valid : PresignedPostVerificationStatus.MalformedPolicy);
    }

    [Fact]
    public void Verify_PolicyThatIsNotBase64OrUtf8_IsMalformedPolicy()
    {
        Malformed(Good with { Policy = "!" }, "The policy is not valid base64.");
        Malformed(Good with { Policy = "é" }, "The policy is not valid base64.");
        Malformed(Good with { Policy = Convert.ToBase64String([.. "{\"a"u8, 0xFF, .. "\"}"u8]) }, "The policy is not valid UTF-8.");
        Malformed(Good with { Policy = ReceivedPost.Base64(new string('[', 10_000)) }, "The policy is not valid JSON*");
    }

    [Fact]
    public void Condition_OnASecret_IsMasked()
    {
        const string Key = "x-amz-server-side-encryption-customer-key";

        With($$"""{"{{Key}}": "c2VjcmV0"}""", (Key, "other")).Verify().Condition.Should().Be($"""["eq", "${Key}", "***"]""");
        (Good with { Token = "t0ken" }).VerifyWith("x-amz-security-token", "other").Condition.Should().BeNull("the token is compared with the credentials first");

        // A policy that was signed for a different token.
        ReceivedPost post = Good with { Token = "t0ken", Conditions = Good.Conditions + """, ["eq", "$X-Amz-Security-Token", "s3cr3t"]""" };
        post.Verify(credentials: new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, "t0ken")).Condition.Should().Be("""["eq", "$X-Amz-Security-Token", "***"]""");
    }

    private static ReceivedPost With(string condition, params (string Name, string Value)[] fields) =>
        Good with { Conditions = $"{Good.Conditions}, {condition}", Fields = [.. Good.Fields, .. fields] };

    private static void Malformed(ReceivedPost post, string problem)
    {
        PresignedPostVerificationResult result = post.Verify();

        result.Status.Should().Be(PresignedPostVerificationStatus.MalformedPolicy);
        result.Field.Should().Be("policy");
        result.Problem.Should().Match(problem);
        result.ExpiresAt.Should().BeNull();
    }
}
