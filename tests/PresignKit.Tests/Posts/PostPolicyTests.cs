namespace PresignKit.Tests;

/// <summary>Policies that are accepted or rejected.</summary>
public class PostPolicyTests
{
    [Fact]
    public void Key_Prefix_LeavesTheKeyToThePage()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Prefix("user-42/")));

        post.Field("key").Should().BeNull();
        post.FieldsToAdd.Should().Equal(PostCondition.StartsWith("key", "user-42/"));
        post.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"user-42/\"]");
    }

    [Fact]
    public void UseFileName_FolderTextAndAnyKey_EndWithTheNameOfTheFile()
    {
        PresignedPost folder = Posted.Form(new PostPolicy(PostKey.Prefix("up/")) { UseFileName = true });
        PresignedPost start = Posted.Form(new PostPolicy(PostKey.StartingWith("up/photo-")) { UseFileName = true });
        PresignedPost any = Posted.Form(new PostPolicy(PostKey.Any) { UseFileName = true });

        folder.Field("key").Should().Be("up/${filename}");
        folder.FieldsToAdd.Should().BeEmpty();
        folder.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"up/\"]");
        start.Field("key").Should().Be("up/photo-${filename}");
        start.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"up/photo-\"]");
        any.Field("key").Should().Be("${filename}");
        any.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"\"]");
    }

    [Fact]
    public void FileNameSuffix_FollowsTheNameOfTheFile()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Prefix("m/")) { UseFileName = true, FileNameSuffix = ".bak" });

        post.Field("key").Should().Be("m/${filename}.bak");
        post.Conditions().Should().Contain("[\"starts-with\",\"$key\",\"m/\"]");
        Rejected(new PostPolicy(PostKey.Prefix("m/")) { UseFileName = true, FileNameSuffix = "/../x" }, "*'.' or '..' as a path segment*");
        Rejected(new PostPolicy(PostKey.Prefix("m/")) { UseFileName = true, FileNameSuffix = "\n" }, "*white space*");
    }

    // The suffix follows the name of the file, so it can start with a space.
    [Fact]
    public void FileNameSuffix_SpaceAtItsStart_IsAccepted() =>
        Posted.Form(new PostPolicy(PostKey.Any) { UseFileName = true, FileNameSuffix = " (copy)" }).Field("key").Should().Be("${filename} (copy)");

    [Fact]
    public void Key_LongestKey_IsAccepted()
    {
        string key = new('k', 1024);

        Posted.Form(new PostPolicy(PostKey.Exact(key))).Field("key").Should().Be(key);
    }

    // Metadata in a form is encoded in UTF-8, and Ceph responds with 204.
    [Fact]
    public void Metadata_BeyondAscii_IsAccepted() => Posted.Form(new PostPolicy(PostKey.Exact("k")) { Metadata = new Dictionary<string, string> { ["title"] = "Grüße 漢" } })
        .Field("x-amz-meta-title").Should().Be("Grüße 漢");

    // https://github.com/boto/boto3/issues/4514: Policy Condition failed. Other stores accept the character.
    [Fact]
    public void Aws_DollarSignInAValue_IsRejected()
    {
        S3Presigner aws = TestPresigner.Create(options => options.UseAws("eu-west-1"));
        PostPolicy policy = new(PostKey.Exact("k"));

        foreach (PostPolicy dollar in new[]
        {
            new PostPolicy(PostKey.Exact("price$.txt")), new PostPolicy(PostKey.Prefix("a$/")), policy with { Metadata = new Dictionary<string, string> { ["a"] = "5 $" } },
            policy with { Fields = [new("free", "a$")] }, policy with { Conditions = [PostCondition.ExactMatch("free", "a$b")] },
        })
        {
            FluentActions.Invoking(() => aws.PresignPost(dollar)).Should().Throw<ArgumentException>().WithParameterName("policy").WithMessage("*contains '$'*AWS does not accept*presign a PutObject*");
            Posted.Form(dollar).Fields.Should().NotBeEmpty();
        }

        aws.PresignPost(new PostPolicy(PostKey.Prefix("m/")) { UseFileName = true, FileNameSuffix = ".bak", Fields = [new("x-ignore-a", "$")] }).Field("key").Should().Be("m/${filename}.bak");
    }

    // AWS replaces ${filename} only in the key.
    [Fact]
    public void Aws_FileNameInAConditionOnADifferentField_IsRejected()
    {
        S3Presigner aws = TestPresigner.Create(options => options.UseAws("eu-west-1"));
        PostPolicy policy = new(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith("x-amz-meta-name", "a ${filename}")] };

        FluentActions.Invoking(() => aws.PresignPost(policy)).Should().Throw<ArgumentException>().WithParameterName("policy")
            .WithMessage("The field 'x-amz-meta-name' contains '$' ('a ${filename}'), which AWS does not accept*");
    }

    [Fact]
    public void Aws_MetadataAbove2KB_IsRejected()
    {
        S3Presigner aws = TestPresigner.Create(options => options.UseAws("eu-west-1"));
        PostPolicy policy = new PostPolicy(PostKey.Exact("k")) { Metadata = new Dictionary<string, string> { ["ab"] = new string('ü', 1023) } };

        aws.PresignPost(policy).Field("x-amz-meta-ab").Should().NotBeNull("2,048 bytes are allowed");
        FluentActions.Invoking(() => aws.PresignPost(policy with { Metadata = new Dictionary<string, string> { ["abc"] = new string('ü', 1023) } }))
            .Should().Throw<ArgumentException>().WithMessage("The names and values of the metadata total 2049 bytes, but*at most 2048*");
    }

    [Fact]
    public void UseFileName_WithAnExactKey_IsRejected() =>
        Rejected(new PostPolicy(PostKey.Exact("a.txt")) { UseFileName = true }, "UseFileName cannot be combined with the exact key 'a.txt'. Use PostKey.Prefix*");

    [Fact]
    public void Key_DollarAtItsStart_IsAccepted() => Posted.Form(new PostPolicy(PostKey.Exact("$a"))).Conditions().Should().Contain("{\"key\":\"$a\"}");

    [Fact]
    public void Key_DotAfterTheLastSlash_IsTheStartOfAName() =>
        Posted.Form(new PostPolicy(PostKey.StartingWith("a/."))).FieldsToAdd.Should().Equal(PostCondition.StartsWith("key", "a/."));

    [Fact]
    public void Key_SetByWith_ReplacesTheKey() =>
        Posted.Form(new PostPolicy(PostKey.Exact("a")) { Acl = "private" } with { Key = PostKey.Exact("b") }).Fields.Take(2).Should().Equal(TestPresigner.Pairs(("acl", "private"), ("key", "b")));

    [Fact]
    public void Properties_Null_Throw()
    {
        FluentActions.Invoking(() => new PostPolicy(null!)).Should().Throw<ArgumentNullException>().WithParameterName("key");
        FluentActions.Invoking(() => new PostPolicy(PostKey.Any) { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");
        FluentActions.Invoking(() => new PostPolicy(PostKey.Any) { Fields = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Fields");
        FluentActions.Invoking(() => new PostPolicy(PostKey.Any) { Conditions = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Conditions");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(0, long.MaxValue)]
    public void ContentLength_Range_IsACondition(long min, long max) => Posted.Form(new PostPolicy(PostKey.Exact("k")) { ContentLength = (min, max) })
        .Conditions().Should().Contain(FormattableString.Invariant($"[\"content-length-range\",{min},{max}]"));

    [Fact]
    public void ContentLength_Null_DoesNotAddACondition() => Posted.Form(new PostPolicy(PostKey.Exact("k"))).PolicyText().Should().NotContain("content-length-range");

    [Fact]
    public void Fields_Dictionary_CanBeAssigned() =>
        Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } }).Fields.Take(2).Should()
            .Equal(TestPresigner.Pairs(("a", "1"), ("b", "2")));

    [Fact]
    public void Equals_EqualContent_IsEqual()
    {
        Full().Should().Be(Full());
        Full().GetHashCode().Should().Be(Full().GetHashCode());
        (Full() with { Fields = [new("free", "other")] }).Should().NotBe(Full());
        (Full() with { Conditions = [PostCondition.ExactMatch("page", "other")] }).Should().NotBe(Full());
        (Full() with { Metadata = new Dictionary<string, string> { ["a"] = "other" } }).Should().NotBe(Full());
        (Full() with { Tagging = null }).Should().NotBe(Full());
        (Full() with { ContentLength = (1, 3) }).Should().NotBe(Full());
        (Full() with { Key = PostKey.Exact("up/") }).Should().NotBe(Full());
        new PostPolicy(PostKey.Any).Should().Be(new PostPolicy(PostKey.Any) { Fields = [], Conditions = [] });

        static PostPolicy Full() => new(PostKey.Prefix("up/"))
        {
            ContentLength = (1, 2),
            Fields = [new("free", "value")],
            Conditions = [PostCondition.ExactMatch("page", "value")],
            Metadata = new Dictionary<string, string> { ["a"] = "1" },
            Tagging = new Dictionary<string, string> { ["b"] = "2" },
        };
    }

    [Fact]
    public void Collections_ChangedAfterwards_DoNotChangeThePolicy()
    {
        List<KeyValuePair<string, string>> fields = [new("free", "value")];
        List<PostCondition> conditions = [PostCondition.ExactMatch("page", "value")];
        Dictionary<string, string> entries = new() { ["a"] = "1" };
        PostPolicy policy = new(PostKey.Exact("k")) { Fields = fields, Conditions = conditions, Metadata = entries, Tagging = entries };
        string before = Posted.Form(policy).PolicyText();

        fields.Clear();
        conditions.Clear();
        entries["a"] = "2";
        entries["b"] = "3";

        Posted.Form(policy).PolicyText().Should().Be(before);
    }

    [Fact]
    public void Contradictions_AreRejected()
    {
        PostPolicy policy = new PostPolicy(PostKey.Exact("k"));

        Rejected(policy with { ContentType = "text/plain", ContentTypePrefix = "image/" }, "*'Content-Type' has the default value 'text/plain', but the policy requires that 'Content-Type' start with 'image/'. Specify*");
        Rejected(policy with { FileNameSuffix = ".bak" }, "FileNameSuffix is '.bak', but UseFileName is false*");
        Rejected(policy with { SuccessStatus = 201, SuccessRedirect = "https://a.example" }, "SuccessStatus and SuccessRedirect cannot be combined,*Set only one*");
        Rejected(policy with { SuccessStatus = 201, Fields = [new("Success_Action_Redirect", "https://a.example")] }, "SuccessStatus and SuccessRedirect cannot be combined,*Set only one*");
        Rejected(policy with { SuccessStatus = 201, Conditions = [PostCondition.StartsWith("success_action_redirect", "https://a.example/")] }, "SuccessStatus and SuccessRedirect cannot be combined,*Set only one*");
        Rejected(policy with { ServerSideEncryption = ServerSideEncryption.S3, SseCustomerKey = new SseCustomerKey(new byte[32]) }, "ServerSideEncryption and SseCustomerKey cannot be combined,*Set only one*");
        Rejected(policy with { ServerSideEncryption = ServerSideEncryption.S3 with { BucketKeyEnabled = true } }, "*ServerSideEncryption.S3 does not support*");
    }

    [Fact]
    public void FieldOrCondition_SpecifiedTwice_IsRejectedInAnyCase()
    {
        PostPolicy policy = new PostPolicy(PostKey.Exact("k"));

        Rejected(policy with { ContentType = "image/png", Fields = [new("content-type", "image/png")] }, "*'content-type' is specified twice*");
        Rejected(policy with { Acl = "private", Conditions = [PostCondition.ExactMatch("ACL", "private")] }, "*'ACL' is specified twice*");
        Rejected(policy with { ContentTypePrefix = "image/", Conditions = [PostCondition.StartsWith("Content-Type", "image/p")] }, "*'Content-Type' is specified twice*");
        Rejected(policy with { Conditions = [PostCondition.StartsWith("a", "x"), PostCondition.ExactMatch("A", "y")] }, "*'A' is specified twice*");
        Rejected(policy with { Metadata = new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" } }, "*'x-amz-meta-A' is specified twice*");
    }

    [Fact]
    public void SuccessStatusAndRedirect_Invalid_AreRejected()
    {
        Rejected(new PostPolicy(PostKey.Exact("k")) { SuccessStatus = 302 }, "*'302' is not a status that stores support. Use 200, 201 or 204*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { SuccessRedirect = "/done" }, "*'/done' is not an absolute URL*https://*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { SuccessRedirect = "javascript:alert(1)" }, "*is not an absolute URL*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { SuccessRedirect = "https://a.example/ü" }, "*U+00FC*ASCII*");
        Rejected(new PostPolicy(PostKey.Exact("k")) { SuccessRedirect = "https://good.example\\.evil.example" }, "*is not an absolute URL*");
    }

    [Theory]
    [InlineData("https://good.example")]
    [InlineData("https://good.example?done")]
    [InlineData("https://good.example#done")]
    [InlineData("https://AZ-az.09:8443/done")]
    public void SuccessRedirect_UrlWithAHost_IsAField(string url) =>
        Posted.Form(new PostPolicy(PostKey.Exact("k")) { SuccessRedirect = url }).Field("success_action_redirect").Should().Be(url);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public void SuccessStatus_OneOfThree_IsAField(int status) => Posted.Form(new PostPolicy(PostKey.Exact("k")) { SuccessStatus = status })
        .Field("success_action_status").Should().Be(status.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void HeadersOfTheObject_AreFieldsWithTheSameNames()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k"))
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
    public void ToString_WithoutBucket_ShowsWhereItComesFrom() =>
        new PostPolicy(PostKey.Exact("k")).ToString().Should().Be("PostPolicy { Bucket = (from the options), Key = k }");

    [Fact]
    public void Metadata_Invalid_IsRejected()
    {
        Rejected(With("x-amz-meta-a", "b"), "*'x-amz-meta-a' starts with x-amz-meta-*without the prefix*");
        Rejected(With("", "b"), "*does not have a name*");
        Rejected(With("a b", "b"), "*'x-amz-meta-a b' contains a character*");
        Rejected(With("a", null!), "*'x-amz-meta-a' does not have a value*");

        static PostPolicy With(string name, string value) => new PostPolicy(PostKey.Exact("k")) { Metadata = new Dictionary<string, string> { [name] = value } };
    }

    [Fact]
    public void Tagging_Tags_AreWrittenAsXmlAndValidated()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Tagging = new Dictionary<string, string> { ["b"] = "<&>", ["a"] = "\"ü\"" } });

        post.Field("tagging").Should().Be(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>a</Key><Value>\"ü\"</Value></Tag>" +
            "<Tag><Key>b</Key><Value>&lt;&amp;&gt;</Value></Tag></TagSet></Tagging>");
        Rejected(new PostPolicy(PostKey.Exact("k")) { Tagging = new Dictionary<string, string> { [""] = "b" } }, "*A tag does not have a name*");
    }

    [Fact]
    public void EncryptionAndChecksum_AreFields()
    {
        PresignedPost kms = Posted.Form(new PostPolicy(PostKey.Exact("k")) { ServerSideEncryption = ServerSideEncryption.Kms("key-1"), Checksum = new(ChecksumAlgorithm.Crc32, "AAAAAA==") });
        PresignedPost own = Posted.Form(new PostPolicy(PostKey.Exact("k")) { SseCustomerKey = new SseCustomerKey(new byte[32]) });

        kms.Field("x-amz-server-side-encryption").Should().Be("aws:kms");
        kms.Field("x-amz-server-side-encryption-aws-kms-key-id").Should().Be("key-1");
        kms.Field("x-amz-checksum-crc32").Should().Be("AAAAAA==");
        own.Field("x-amz-server-side-encryption-customer-key").Should().Be(Convert.ToBase64String(new byte[32]));
        Rejected(new PostPolicy(PostKey.Exact("k")) { ServerSideEncryption = ServerSideEncryption.Kms("key\n1") }, "*line break*");
    }

    [Fact]
    public void Operation_RejectedAfterAPolicy_IsNamedAsTheParameter()
    {
        S3Presigner presigner = TestPresigner.Create();
        presigner.PresignPost(new PostPolicy(PostKey.Exact("k")) { ServerSideEncryption = ServerSideEncryption.S3 });

        FluentActions.Invoking(() => presigner.Presign(new PutObject("k") { ContentType = "a\nb" })).Should().Throw<ArgumentException>().WithParameterName("operation");
    }

    [Fact]
    public void ToString_Policy_ShowsBucketAndKeyOnly()
    {
        (new PostPolicy(PostKey.Prefix("up/")) { Bucket = "b", SseCustomerKey = new SseCustomerKey(new byte[32]), Fields = [new("a", "s3cr3t")] }).ToString()
            .Should().Be("PostPolicy { Bucket = b, Key = up/* }");
    }

    private static void Rejected(PostPolicy policy, string message) =>
        FluentActions.Invoking(() => Posted.Form(policy)).Should().Throw<ArgumentException>().WithParameterName(nameof(policy)).WithMessage(message);
}
