namespace PresignKit.Tests;

/// <summary>Additional fields and conditions that are accepted or rejected.</summary>
public class PostFieldTests
{
    [Theory]
    [InlineData("key", "*PostPolicy.Key*")]
    [InlineData("bucket", "*PostPolicy.Bucket*")]
    [InlineData("file", "*as the last field*")]
    [InlineData("policy", "*Remove it*")]
    [InlineData("Policy", "*Remove it*")]
    [InlineData("x-amz-signature", "*Remove it*")]
    [InlineData("X-Amz-Credential", "*Remove it*")]
    [InlineData("x-amz-algorithm", "*Remove it*")]
    [InlineData("x-amz-date", "*Remove it*")]
    [InlineData("x-amz-security-token", "*session token*")]
    [InlineData("AWSAccessKeyId", "*Signature Version 2*")]
    [InlineData("signature", "*Signature Version 2*")]
    [InlineData("content-length-range", "*PostPolicy.ContentLength*")]
    [InlineData("redirect", "*PostPolicy.SuccessRedirect*")]
    [InlineData("x-amz-acl", "*PostPolicy.Acl*")]
    [InlineData("x-amz-tagging", "*PostPolicy.Tagging*")]
    [InlineData("x-amz-unknown", "*'x-amz-unknown' is not supported in a form*")]
    [InlineData("x-amz-meta-", "*is not supported in a form*")]
    [InlineData("x-amz-copy-source", "*is not supported in a form*")]
    [InlineData("", "*does not have a name*")]
    [InlineData("a b", "*'a b' contains a character*")]
    [InlineData("a\"b", "*contains a character*")]
    [InlineData("ü", "*contains a character*")]
    [InlineData("$acl", "*starts with '$'*")]
    public void Name_ReservedOrInvalid_IsRejectedAsFieldAndAsCondition(string name, string message)
    {
        Rejected(new PostPolicy(PostKey.Exact("k")) { Fields = [new(name, "x")] }, message);
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith(name, "x")] }, message);
    }

    [Theory]
    [InlineData("Content-Type", "text/ü", "*U+00FC*ASCII*")]
    [InlineData("acl", "ü", "*U+00FC*ASCII*")]
    [InlineData("Cache-Control", "ü", "*U+00FC*ASCII*")]
    [InlineData("content-disposition", "ü", "*U+00FC*ASCII*")]
    [InlineData("content-encoding", "ü", "*U+00FC*ASCII*")]
    [InlineData("content-language", "ü", "*U+00FC*ASCII*")]
    [InlineData("content-md5", "ü", "*U+00FC*ASCII*")]
    [InlineData("expires", "ü", "*U+00FC*ASCII*")]
    [InlineData("success_action_redirect", "ü", "*U+00FC*ASCII*")]
    [InlineData("success_action_status", "ü", "*U+00FC*ASCII*")]
    [InlineData("free", "a\nb", "*control character U+000A*browsers*")]
    [InlineData("free", "a\tb", "*control character U+0009*")]
    [InlineData("free", "a\u0000b", "*control character U+0000*")]
    [InlineData("free", " a", "*starts with white space*")]
    [InlineData("free", "a ", "*ends with white space*")]
    [InlineData("free", null, "*does not have a value*")]
    [InlineData("x-amz-meta-name", "a ${filename}", "*PostCondition.StartsWith(\"x-amz-meta-name\"*")]
    public void Value_ThatWouldNotArrive_IsRejected(string name, string? value, string message) =>
        Rejected(new PostPolicy(PostKey.Exact("k")) { Fields = [new(name, value!)] }, message);

    [Fact]
    public void Name_Null_IsRejected() => Rejected(new PostPolicy(PostKey.Exact("k")) { Fields = [new(null!, "x")] }, "*does not have a name. Specify a name*");

    [Fact]
    public void Value_LoneSurrogate_IsRejected()
    {
        Rejected(new PostPolicy(PostKey.Exact("k")) { Fields = [new("free", "a\uDE00")] }, "*lone surrogate*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.ExactMatch("free", "a\uDE00")] }, "*lone surrogate*");
    }

    [Fact]
    public void Value_Rejected_IsNotInTheMessage() =>
        FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = [new("x-amz-server-side-encryption-customer-key", "s3cr3t\n")] }))
            .Should().Throw<ArgumentException>().Which.Message.Should().NotContain("s3cr3t");

    [Theory]
    [InlineData("x-amz-meta-a")]
    [InlineData("X-Amz-Storage-Class")]
    [InlineData("x-amz-website-redirect-location")]
    [InlineData("x-amz-object-lock-mode")]
    [InlineData("x-amz-checksum-algorithm")]
    [InlineData("Content-MD5")]
    [InlineData("free")]
    public void Field_Known_IsKeptWithItsCondition(string name)
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = [new(name, "v\"")] });

        post.Fields[0].Should().Be(new KeyValuePair<string, string>(name, "v\""));
        post.Conditions()[0].Should().Be($"{{\"{name}\":\"v\\\"\"}}");
    }

    [Fact]
    public void Field_IgnoredByStores_HasNoCondition()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = [new("x-ignore-a", "v")] });

        post.Field("x-ignore-a").Should().Be("v");
        post.PolicyText().Should().NotContain("x-ignore");
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith("x-ignore-a", "")] }, "*does not need a condition*");
    }

    [Fact]
    public void Condition_ExactMatch_IsForThePageAndRequiresTheValue()
    {
        PostCondition condition = PostCondition.ExactMatch("consent", "yes");
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Conditions = [condition] });

        post.Field("consent").Should().BeNull();
        post.FieldsToAdd.Should().Equal(condition);
        post.Conditions()[0].Should().Be("{\"consent\":\"yes\"}");
    }

    [Fact]
    public void Condition_StartsWith_IsForThePage()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Prefix("up/"))
        {
            ContentTypePrefix = "image/",
            Conditions = [PostCondition.StartsWith("x-amz-meta-title", "My ")],
        });

        post.FieldsToAdd.Should().Equal(
            PostCondition.StartsWith("Content-Type", "image/"), PostCondition.StartsWith("x-amz-meta-title", "My "), PostCondition.StartsWith("key", "up/"));
        post.Conditions()[..3].Should().Equal(
            "[\"starts-with\",\"$Content-Type\",\"image/\"]", "[\"starts-with\",\"$x-amz-meta-title\",\"My \"]", "[\"starts-with\",\"$key\",\"up/\"]");
    }

    [Fact]
    public void Condition_Invalid_IsRejected()
    {
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [null!] }, "*Conditions is null*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith("free", "$a")] }, "*starts with '$', so Ceph would read it as the name of a field*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.ExactMatch("free", "a ")] }, "*ends with white space*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { ContentTypePrefix = "bild/ü" }, "*'Content-Type' contains the character U+00FC*");
    }

    [Theory]
    [InlineData("acl", "", "*private and public ACLs. Set PostPolicy.Acl*")]
    [InlineData("ACL", "p", "*private and public ACLs*")]
    [InlineData("acl", "public", "*private and public ACLs*")]
    [InlineData("success_action_redirect", "https:///", "*URLs of other hosts*")]
    [InlineData("success_action_redirect", "javascript://a/", "*URLs of other hosts*")]
    [InlineData("success_action_redirect", "https://good.example\\a/", "*URLs of other hosts*")]
    [InlineData("success_action_redirect", "https://user@good.example/", "*URLs of other hosts*")]
    [InlineData("success_action_redirect", "https://good.example?a/", "*URLs of other hosts*")]
    [InlineData("success_action_redirect", "", "*also matches URLs of other hosts*the '/' after it*")]
    [InlineData("success_action_redirect", "https://good.example", "*'https://good.example', which also matches URLs of other hosts*")]
    [InlineData("Success_Action_Redirect", "https://", "*URLs of other hosts*")]
    [InlineData("success_action_redirect", "good.example/", "*URLs of other hosts*")]
    public void Condition_StartsWithTooLittle_IsRejected(string field, string prefix, string message) =>
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith(field, prefix)] }, message);

    [Theory]
    [InlineData("acl", "public-")]
    [InlineData("acl", "private")]
    [InlineData("acl", "bucket-owner-")]
    [InlineData("success_action_redirect", "HTTPS://[::1]:8443/")]
    [InlineData("acl2", "")]
    [InlineData("success_action_redirect", "https://good.example/")]
    [InlineData("success_action_redirect", "http://good.example/done?id=")]
    [InlineData("success_action", "")]
    public void Condition_StartsWithEnough_IsAccepted(string field, string prefix) =>
        Posted.Form(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith(field, prefix)] }).FieldsToAdd.Should().Equal(PostCondition.StartsWith(field, prefix));

    [Fact]
    public void Condition_ExactMatchOfFileName_IsRejected() =>
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.ExactMatch("x-amz-meta-name", "a ${filename}")] }, "*requires ${filename}*Use PostCondition.StartsWith*");

    [Theory]
    [InlineData("success_action_status", "302", "*200, 201 or 204*")]
    [InlineData("success_action_redirect", "/done", "*is not an absolute URL*")]
    [InlineData("success_action_redirect", "https:///done", "*is not an absolute URL*")]
    [InlineData("success_action_redirect", "javascript://a/", "*is not an absolute URL*")]
    public void Condition_ExactMatchThatStoresIgnore_IsRejected(string field, string value, string message) =>
        Rejected(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.ExactMatch(field, value)] }, message);

    [Fact]
    public void Condition_Null_Throws()
    {
        FluentActions.Invoking(() => PostCondition.ExactMatch(null!, "a")).Should().Throw<ArgumentNullException>().WithParameterName("field");
        FluentActions.Invoking(() => PostCondition.ExactMatch("a", null!)).Should().Throw<ArgumentNullException>().WithParameterName("value");
        FluentActions.Invoking(() => PostCondition.StartsWith(null!, "a")).Should().Throw<ArgumentNullException>().WithParameterName("field");
        FluentActions.Invoking(() => PostCondition.StartsWith("a", null!)).Should().Throw<ArgumentNullException>().WithParameterName("prefix");
    }

    [Fact]
    public void Condition_ToString_IsInWords()
    {
        PostCondition.StartsWith("key", "up/").ToString().Should().Be("'key' starts with 'up/'");
        PostCondition.StartsWith("key", "").ToString().Should().Be("'key' has any value");
        PostCondition.ExactMatch("a", "b").ToString().Should().Be("'a' is equal to 'b'");
        PostCondition.ExactMatch("X-Amz-Server-Side-Encryption-Customer-Key", "s3cr3t").ToString().Should().Be("'X-Amz-Server-Side-Encryption-Customer-Key' is equal to '***'");
        PostCondition.StartsWith("X-Amz-Security-Token", "s3cr3t").ToString().Should().Be("'X-Amz-Security-Token' starts with '***'");
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("yes!", false)]
    [InlineData("ye", false)]
    [InlineData("YES", false)]
    public void Condition_ExactMatch_IsSatisfiedByThatValueOnly(string value, bool isSatisfied)
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.ExactMatch("consent", "yes")] });
        Action add = () => post.ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs(("consent", value))).Dispose();

        if (isSatisfied)
        {
            add.Should().NotThrow();
        }
        else
        {
            add.Should().Throw<ArgumentException>().WithMessage("*the policy requires that 'consent' be equal to 'yes'. Specify*");
        }
    }

    // AWS reads a content type with commas as a list of types.
    [Theory]
    [InlineData("Content-Type", "image/png,image/gif", true)]
    [InlineData("content-type", "image/png,text/html", false)]
    [InlineData("x-amz-meta-types", "image/png,text/html", true)]
    public void Condition_StartsWith_MustMatchEachTypeInAContentType(string field, string value, bool isSatisfied)
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith(field, "image/")] });
        Action add = () => post.ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs((field, value))).Dispose();

        if (isSatisfied)
        {
            add.Should().NotThrow();
        }
        else
        {
            add.Should().Throw<ArgumentException>().WithMessage($"The field '{field}' is '{value}', but the policy requires that '{field}' start with 'image/'. Specify*");
        }
    }

    private static void Rejected(PostPolicy policy, string message) =>
        FluentActions.Invoking(() => Posted.Form(policy)).Should().Throw<ArgumentException>().WithParameterName(nameof(policy)).WithMessage(message);
}
