namespace PresignKit.Tests;

/// <summary>Further fields and conditions: which a store would take.</summary>
public class PostFieldTests
{
    [Theory]
    [InlineData("key", "*PostPolicy.ForKey*")]
    [InlineData("bucket", "*set Bucket*")]
    [InlineData("file", "*comes last*")]
    [InlineData("policy", "*leave it out*")]
    [InlineData("Policy", "*leave it out*")]
    [InlineData("x-amz-signature", "*leave it out*")]
    [InlineData("X-Amz-Credential", "*leave it out*")]
    [InlineData("x-amz-algorithm", "*leave it out*")]
    [InlineData("x-amz-date", "*leave it out*")]
    [InlineData("x-amz-security-token", "*session token*")]
    [InlineData("AWSAccessKeyId", "*Signature Version 2*")]
    [InlineData("signature", "*Signature Version 2*")]
    [InlineData("content-length-range", "*set ContentLength*")]
    [InlineData("redirect", "*set SuccessRedirect*")]
    [InlineData("x-amz-acl", "*set Acl*")]
    [InlineData("x-amz-tagging", "*set Tagging*")]
    [InlineData("x-amz-unknown", "*'x-amz-unknown' is none that stores know*")]
    [InlineData("x-amz-meta-", "*is none that stores know*")]
    [InlineData("x-amz-copy-source", "*is none that stores know*")]
    [InlineData("", "*has no name*")]
    [InlineData("a b", "*'a b' holds a character*")]
    [InlineData("a\"b", "*holds a character*")]
    [InlineData("ü", "*holds a character*")]
    [InlineData("$acl", "*begins with '$'*")]
    public void Name_NotTheCallers_IsRefusedAsFieldAndAsCondition(string name, string message)
    {
        Refused(PostPolicy.ForKey("k") with { Fields = [new(name, "x")] }, message);
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.StartsWith(name, "x")] }, message);
    }

    [Theory]
    [InlineData("x-amz-meta-a", "ü", "*U+00FC*ASCII*")]
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
    [InlineData("free", " a", "*begins with white space*")]
    [InlineData("free", "a ", "*ends with white space*")]
    [InlineData("free", null, "*has no value*")]
    [InlineData("x-amz-meta-name", "a ${filename}", "*PostCondition.StartsWith(\"x-amz-meta-name\"*")]
    public void Value_ThatWouldNotArrive_IsRefused(string name, string? value, string message) =>
        Refused(PostPolicy.ForKey("k") with { Fields = [new(name, value!)] }, message);

    [Fact]
    public void Value_LoneSurrogate_IsRefused()
    {
        Refused(PostPolicy.ForKey("k") with { Fields = [new("free", "a\uDE00")] }, "*lone surrogate*");
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.Equal("free", "a\uDE00")] }, "*lone surrogate*");
    }

    [Fact]
    public void Value_Refused_IsNotInTheMessage() =>
        FluentActions.Invoking(() => Posted.Form(PostPolicy.ForKey("k") with { Fields = [new("x-amz-server-side-encryption-customer-key", "s3cr3t\n")] }))
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
        PresignedPost post = Posted.Form(PostPolicy.ForKey("k") with { Fields = [new(name, "v\"")] });

        post.Fields[0].Should().Be(new KeyValuePair<string, string>(name, "v\""));
        post.Conditions()[0].Should().Be($"{{\"{name}\":\"v\\\"\"}}");
    }

    [Fact]
    public void Field_IgnoredByStores_HasNoCondition()
    {
        PresignedPost post = Posted.Form(PostPolicy.ForKey("k") with { Fields = [new("x-ignore-a", "v")] });

        post.Field("x-ignore-a").Should().Be("v");
        post.PolicyText().Should().NotContain("x-ignore");
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.StartsWith("x-ignore-a", "")] }, "*needs no condition*");
    }

    [Fact]
    public void Condition_Equal_IsForThePageAndAsksForTheValue()
    {
        PostCondition condition = PostCondition.Equal("consent", "yes");
        PresignedPost post = Posted.Form(PostPolicy.ForKey("k") with { Conditions = [condition] });

        post.Field("consent").Should().BeNull();
        post.FieldsToAdd.Should().Equal(condition);
        post.Conditions()[0].Should().Be("{\"consent\":\"yes\"}");
    }

    [Fact]
    public void Condition_StartsWith_IsForThePage()
    {
        PresignedPost post = Posted.Form(PostPolicy.ForKeyPrefix("up/") with
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
    public void Condition_Bad_IsRefused()
    {
        Refused(PostPolicy.ForKey("k") with { Conditions = [null!] }, "*Conditions is null*");
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.StartsWith("free", "$a")] }, "*begins with '$', which Ceph takes*");
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.Equal("free", "a ")] }, "*ends with white space*");
        Refused(PostPolicy.ForKey("k") with { ContentTypePrefix = "bild/ü" }, "*'Content-Type' holds the character U+00FC*");
    }

    [Theory]
    [InlineData("acl", "", "*any ACL, public-read-write too. Set Acl*")]
    [InlineData("ACL", "", "*any ACL*")]
    [InlineData("success_action_redirect", "", "*other hosts' names begin with*a '/' at least*")]
    [InlineData("success_action_redirect", "https://good.example", "*'https://good.example', which other hosts' names begin with*")]
    [InlineData("Success_Action_Redirect", "https://", "*other hosts' names*")]
    [InlineData("success_action_redirect", "good.example/", "*other hosts' names*")]
    public void Condition_StartsWithTooLittle_IsRefused(string field, string prefix, string message) =>
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.StartsWith(field, prefix)] }, message);

    [Theory]
    [InlineData("acl", "public-")]
    [InlineData("acl2", "")]
    [InlineData("success_action_redirect", "https://good.example/")]
    [InlineData("success_action_redirect", "http://good.example/done?id=")]
    [InlineData("success_action", "")]
    public void Condition_StartsWithEnough_IsTaken(string field, string prefix) =>
        Posted.Form(PostPolicy.ForKey("k") with { Conditions = [PostCondition.StartsWith(field, prefix)] }).FieldsToAdd.Should().Equal(PostCondition.StartsWith(field, prefix));

    [Fact]
    public void Condition_EqualToFileName_CouldNeverBeMet() =>
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.Equal("x-amz-meta-name", "a ${filename}")] }, "*asks for ${filename}*Write PostCondition.StartsWith*");

    [Theory]
    [InlineData("success_action_status", "302", "*(200, 201 or 204)*")]
    [InlineData("success_action_redirect", "/done", "*is no URL of a page*")]
    public void Condition_EqualToWhatStoresOverlook_IsRefused(string field, string value, string message) =>
        Refused(PostPolicy.ForKey("k") with { Conditions = [PostCondition.Equal(field, value)] }, message);

    [Fact]
    public void Condition_ToString_SaysIt()
    {
        PostCondition.StartsWith("key", "up/").ToString().Should().Be("'key' beginning with 'up/'");
        PostCondition.StartsWith("key", "").ToString().Should().Be("'key' with any value");
        PostCondition.Equal("a", "b").ToString().Should().Be("'a' equal to 'b'");
        PostCondition.Equal("X-Amz-Server-Side-Encryption-Customer-Key", "s3cr3t").ToString().Should().Be("'X-Amz-Server-Side-Encryption-Customer-Key' equal to '***'");
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("yes!", false)]
    [InlineData("ye", false)]
    [InlineData("YES", false)]
    public void Condition_Equal_IsMetByThatValueAlone(string value, bool isMet)
    {
        PresignedPost post = Posted.Form(PostPolicy.ForKey("k") with { Conditions = [PostCondition.Equal("consent", "yes")] });
        Action add = () => post.ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs(("consent", value))).Dispose();

        if (isMet)
        {
            add.Should().NotThrow();
        }
        else
        {
            add.Should().Throw<ArgumentException>().WithMessage("*the policy wants 'consent' equal to 'yes'*");
        }
    }

    private static void Refused(PostPolicy policy, string message) =>
        FluentActions.Invoking(() => Posted.Form(policy)).Should().Throw<ArgumentException>().WithParameterName(nameof(policy)).WithMessage(message);
}
