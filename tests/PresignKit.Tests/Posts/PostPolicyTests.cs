namespace PresignKit.Tests;

/// <summary>What a policy takes and refuses.</summary>
public class PostPolicyTests
{
    [Fact]
    public void ForKeyPrefix_Plain_LeavesTheKeyToThePage()
    {
        PresignedPost post = Posted.Form(PostPolicy.ForKeyPrefix("user-42/"));

        post.Field("key").Should().BeNull();
        post.FieldsToAdd.Should().Equal(PostCondition.StartsWith("key", "user-42/"));
        post.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"user-42/\"]");
    }

    [Fact]
    public void UseFileName_FolderTextAndAnyKey_EndWithTheNameOfTheFile()
    {
        PresignedPost folder = Posted.Form(PostPolicy.ForKeyPrefix("up/") with { UseFileName = true });
        PresignedPost start = Posted.Form(PostPolicy.ForKeyStartingWith("up/photo-") with { UseFileName = true });
        PresignedPost any = Posted.Form(PostPolicy.ForAnyKey() with { UseFileName = true });

        folder.Field("key").Should().Be("up/${filename}");
        folder.FieldsToAdd.Should().BeEmpty();
        folder.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"up/\"]");
        start.Field("key").Should().Be("up/photo-${filename}");
        start.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"up/photo-\"]");
        any.Field("key").Should().Be("${filename}");
        any.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"\"]");
    }

    [Fact]
    public void UseFileName_WithOneKey_IsAContradiction() =>
        Refused(PostPolicy.ForKey("a.txt") with { UseFileName = true }, "*UseFileName is set, and ForKey allows the key 'a.txt' alone. Use ForKeyPrefix*");

    [Theory]
    [InlineData("a/${filename}", "*holds ${filename}*no condition on the whole of it could be met*UseFileName = true*")]
    [InlineData("", "*key is empty*")]
    [InlineData("a/../b", "*'.' or '..'*")]
    [InlineData(" a", "*begins with white space*presign a PutObject*")]
    [InlineData("a\u00A0", "*ends with white space*presign a PutObject*")]
    [InlineData("a\r\nb", "*'a<U+000D><U+000A>b' holds the control character U+000D*PutObject*")]
    public void ForKey_Impossible_IsRefused(string key, string message) =>
        FluentActions.Invoking(() => PostPolicy.ForKey(key)).Should().Throw<ArgumentException>().WithParameterName(nameof(key)).WithMessage(message);

    [Fact]
    public void ForKey_DollarAtItsStart_IsTaken() => Posted.Form(PostPolicy.ForKey("$a")).Conditions().Should().Contain("{\"key\":\"$a\"}");

    [Fact]
    public void ForKey_LoneSurrogateOrTooLong_IsRefused()
    {
        FluentActions.Invoking(() => PostPolicy.ForKey("a\uD83D")).Should().Throw<ArgumentException>().WithMessage("*lone surrogate*");
        FluentActions.Invoking(() => PostPolicy.ForKeyStartingWith("a\uD83D")).Should().Throw<ArgumentException>().WithMessage("*lone surrogate*");
        FluentActions.Invoking(() => PostPolicy.ForKey(new string('a', 1025))).Should().Throw<ArgumentException>().WithMessage("*1025 bytes*");
    }

    [Theory]
    [InlineData("user-4", "*'user-4' does not end with '/'*Write 'user-4/'*ForKeyStartingWith*")]
    [InlineData("", "*empty*every key of the bucket*ForAnyKey*")]
    [InlineData("$up/", "*begins with '$', which Ceph takes for the name of a field, and then allows any text*")]
    [InlineData(" up/", "*begins with white space*")]
    [InlineData("a/../", "*'.' or '..'*")]
    [InlineData("a/${filename}/", "*UseFileName = true*")]
    public void ForKeyPrefix_Unsafe_IsRefused(string prefix, string message) =>
        FluentActions.Invoking(() => PostPolicy.ForKeyPrefix(prefix)).Should().Throw<ArgumentException>().WithParameterName(nameof(prefix)).WithMessage(message);

    [Theory]
    [InlineData("", "*ForAnyKey*")]
    [InlineData("$", "*begins with '$'*")]
    [InlineData("a/../b", "*'.' or '..'*")]
    public void ForKeyStartingWith_Unsafe_IsRefused(string text, string message) =>
        FluentActions.Invoking(() => PostPolicy.ForKeyStartingWith(text)).Should().Throw<ArgumentException>().WithParameterName(nameof(text)).WithMessage(message);

    [Fact]
    public void ForKeyStartingWith_DotAfterTheLastSlash_MayBeTheStartOfAName() =>
        Posted.Form(PostPolicy.ForKeyStartingWith("a/.")).FieldsToAdd.Should().Equal(PostCondition.StartsWith("key", "a/."));

    [Fact]
    public void Factories_Null_Throw()
    {
        FluentActions.Invoking(() => PostPolicy.ForKey(null!)).Should().Throw<ArgumentNullException>().WithParameterName("key");
        FluentActions.Invoking(() => PostPolicy.ForKeyPrefix(null!)).Should().Throw<ArgumentNullException>().WithParameterName("prefix");
        FluentActions.Invoking(() => PostPolicy.ForKeyStartingWith(null!)).Should().Throw<ArgumentNullException>().WithParameterName("text");
        FluentActions.Invoking(() => PostPolicy.ForAnyKey() with { Fields = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Fields");
        FluentActions.Invoking(() => PostPolicy.ForAnyKey() with { Conditions = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Conditions");
        FluentActions.Invoking(() => PostCondition.Equal(null!, "a")).Should().Throw<ArgumentNullException>().WithParameterName("field");
        FluentActions.Invoking(() => PostCondition.StartsWith("a", null!)).Should().Throw<ArgumentNullException>().WithParameterName("value");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(0, long.MaxValue)]
    public void ContentLength_Range_IsACondition(long min, long max) => Posted.Form(PostPolicy.ForKey("k") with { ContentLength = (min, max) })
        .Conditions().Should().Contain(FormattableString.Invariant($"[\"content-length-range\",{min},{max}]"));

    [Fact]
    public void ContentLength_Null_IsNoCondition() => Posted.Form(PostPolicy.ForKey("k")).PolicyText().Should().NotContain("content-length-range");

    [Theory]
    [InlineData(5, 4)]
    [InlineData(-1, 4)]
    [InlineData(-2, -1)]
    public void ContentLength_UpsideDownOrNegative_IsRefusedWithBothEnds(long min, long max) =>
        FluentActions.Invoking(() => PostPolicy.ForKey("k") with { ContentLength = (min, max) }).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("ContentLength").WithMessage(FormattableString.Invariant($"ContentLength is ({min}, {max});*Write (min, max)*"));

    [Fact]
    public void Contradictions_AreRefused()
    {
        PostPolicy policy = PostPolicy.ForKey("k");

        Refused(policy with { ContentType = "image/png", ContentTypePrefix = "image/" }, "*ContentType ('image/png') and ContentTypePrefix ('image/')*");
        Refused(policy with { SuccessStatus = 201, SuccessRedirect = "https://a.example" }, "*SuccessStatus and SuccessRedirect*");
        Refused(policy with { SuccessStatus = 201, Fields = [new("Success_Action_Redirect", "https://a.example")] }, "*SuccessStatus and SuccessRedirect*");
        Refused(policy with { ServerSideEncryption = ServerSideEncryption.S3, SseCustomerKey = new SseCustomerKey(new byte[32]) }, "*one encryption*");
        Refused(policy with { ServerSideEncryption = ServerSideEncryption.S3 with { BucketKeyEnabled = true } }, "*ServerSideEncryption.S3 does not support*");
    }

    [Fact]
    public void GivenTwice_FieldOrCondition_IsRefusedInAnyCase()
    {
        PostPolicy policy = PostPolicy.ForKey("k");

        Refused(policy with { ContentType = "image/png", Fields = [new("content-type", "image/png")] }, "*'content-type' is given twice*");
        Refused(policy with { Acl = "private", Conditions = [PostCondition.Equal("ACL", "private")] }, "*'ACL' is given twice*");
        Refused(policy with { ContentTypePrefix = "image/", Conditions = [PostCondition.StartsWith("Content-Type", "image/p")] }, "*'Content-Type' is given twice*");
        Refused(policy with { Conditions = [PostCondition.StartsWith("a", "x"), PostCondition.Equal("A", "y")] }, "*'A' is given twice*");
        Refused(policy with { Metadata = new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" } }, "*'x-amz-meta-A' is given twice*");
    }

    [Fact]
    public void SuccessStatusAndRedirect_Bad_AreRefused()
    {
        Refused(PostPolicy.ForKey("k") with { SuccessStatus = 302 }, "*'302' is none that stores answer with (200, 201 or 204)*");
        Refused(PostPolicy.ForKey("k") with { SuccessRedirect = "/done" }, "*'/done' is no URL*https://*");
        Refused(PostPolicy.ForKey("k") with { SuccessRedirect = "javascript:alert(1)" }, "*is no URL*");
        Refused(PostPolicy.ForKey("k") with { SuccessRedirect = "https://a.example/ü" }, "*U+00FC*ASCII*");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public void SuccessStatus_OneOfThree_IsAField(int status) => Posted.Form(PostPolicy.ForKey("k") with { SuccessStatus = status })
        .Field("success_action_status").Should().Be(status.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void HeadersOfTheObject_AreFieldsOfTheirNames()
    {
        PresignedPost post = Posted.Form(PostPolicy.ForKey("k") with
        {
            ContentType = "text/plain",
            CacheControl = "no-cache",
            ContentDisposition = "inline",
            ContentEncoding = "gzip",
            Acl = "private",
            StorageClass = "STANDARD",
            SuccessRedirect = "https://a.example/",
        });

        post.Fields.Take(7).Should().Equal(TestPresigner.Pairs(
            ("Content-Type", "text/plain"), ("Cache-Control", "no-cache"), ("Content-Disposition", "inline"), ("Content-Encoding", "gzip"), ("acl", "private"),
            ("x-amz-storage-class", "STANDARD"), ("success_action_redirect", "https://a.example/")));
    }

    [Fact]
    public void ToString_WithoutBucket_SaysWhereItComesFrom() =>
        PostPolicy.ForKey("k").ToString().Should().Be("PostPolicy { Bucket = (from the options), Key = k }");

    [Fact]
    public void Metadata_Bad_IsRefused()
    {
        Refused(With("x-amz-meta-a", "b"), "*'x-amz-meta-a' begins with x-amz-meta-*");
        Refused(With("", "b"), "*has no name*");
        Refused(With("a b", "b"), "*'x-amz-meta-a b' holds a character*");
        Refused(With("a", "ü"), "*'x-amz-meta-a' holds the character U+00FC*ASCII*");
        Refused(With("a", null!), "*'x-amz-meta-a' has no value*");

        static PostPolicy With(string name, string value) => PostPolicy.ForKey("k") with { Metadata = new Dictionary<string, string> { [name] = value } };
    }

    [Fact]
    public void Tagging_IsXml_AndHasItsRules()
    {
        PresignedPost post = Posted.Form(PostPolicy.ForKey("k") with { Tagging = new Dictionary<string, string> { ["b"] = "<&>", ["a"] = "\"ü\"" } });

        post.Field("tagging").Should().Be(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>a</Key><Value>\"ü\"</Value></Tag>" +
            "<Tag><Key>b</Key><Value>&lt;&amp;&gt;</Value></Tag></TagSet></Tagging>");
        Refused(PostPolicy.ForKey("k") with { Tagging = new Dictionary<string, string> { [""] = "b" } }, "*A tag has no name*");
    }

    [Fact]
    public void EncryptionAndChecksum_AreFields()
    {
        PresignedPost kms = Posted.Form(PostPolicy.ForKey("k") with { ServerSideEncryption = ServerSideEncryption.Kms("key-1"), Checksum = new(ChecksumAlgorithm.Crc32, "AAAAAA==") });
        PresignedPost own = Posted.Form(PostPolicy.ForKey("k") with { SseCustomerKey = new SseCustomerKey(new byte[32]) });

        kms.Field("x-amz-server-side-encryption").Should().Be("aws:kms");
        kms.Field("x-amz-server-side-encryption-aws-kms-key-id").Should().Be("key-1");
        kms.Field("x-amz-checksum-crc32").Should().Be("AAAAAA==");
        own.Field("x-amz-server-side-encryption-customer-key").Should().Be(Convert.ToBase64String(new byte[32]));
        Refused(PostPolicy.ForKey("k") with { ServerSideEncryption = ServerSideEncryption.Kms("key\n1") }, "*line break*");
    }

    [Fact]
    public void Operation_AfterAPolicy_IsNamedInItsOwnRefusals()
    {
        S3Presigner presigner = TestPresigner.Create();
        presigner.PresignPost(PostPolicy.ForKey("k") with { ServerSideEncryption = ServerSideEncryption.S3 });

        FluentActions.Invoking(() => presigner.Presign(new PutObject("k") { ContentType = "a\nb" })).Should().Throw<ArgumentException>().WithParameterName("operation");
    }

    [Fact]
    public void ToString_Policy_ShowsBucketAndKeyOnly()
    {
        (PostPolicy.ForKeyPrefix("up/") with { Bucket = "b", SseCustomerKey = new SseCustomerKey(new byte[32]), Fields = [new("a", "s3cr3t")] }).ToString()
            .Should().Be("PostPolicy { Bucket = b, Key = up/* }");
    }

    private static void Refused(PostPolicy policy, string message) =>
        FluentActions.Invoking(() => Posted.Form(policy)).Should().Throw<ArgumentException>().WithParameterName(nameof(policy)).WithMessage(message);
}
