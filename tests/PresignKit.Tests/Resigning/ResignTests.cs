using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class ResignTests
{
    private readonly FakeTimeProvider _clock = new(TestPresigner.Now);

    [Fact]
    public void Resign_SetParameter_YieldsTheSameUrlAsPresign()
    {
        S3Presigner presigner = Presigner();
        string old = presigner.Presign(new GetObject("a b")).Url;

        ResignedUrl resigned = presigner.Resign(old, HttpMethod.Get, new() { SetQuery = TestPresigner.Pairs(("response-content-type", "text/plain")) });

        resigned.Url.Should().Be(presigner.Presign(new GetObject("a b") { ResponseHeaders = new() { ContentType = "text/plain" } }).Url);
        resigned.SetParameters.Should().Equal("response-content-type");
        resigned.KeptParameters.Should().BeEmpty();
        resigned.RemovedParameters.Should().BeEmpty();
    }

    [Fact]
    public void Resign_KeptReplacedAndRemoved_AreReported()
    {
        S3Presigner presigner = Presigner();
        string old = presigner.Presign(new GetObject("k")
        {
            VersionId = "3",
            ResponseHeaders = new() { ContentType = "a/b", CacheControl = "no-cache" },
            Query = TestPresigner.Pairs(("x", "1")),
        }).Url;

        ResignedUrl resigned = presigner.Resign(old, HttpMethod.Get, new()
        {
            ResponseHeaders = new() { ContentType = "c/d" },
            RemoveQuery = ["x", "not-there"],
            SetQuery = TestPresigner.Pairs(("y", "2")),
        });

        resigned.KeptParameters.Should().Equal("response-cache-control", "versionId");
        resigned.SetParameters.Should().Equal("response-content-type", "y");
        resigned.RemovedParameters.Should().Equal("x");
        resigned.Url.Should().Be(presigner.Presign(new GetObject("k")
        {
            VersionId = "3",
            ResponseHeaders = new() { ContentType = "c/d", CacheControl = "no-cache" },
            Query = TestPresigner.Pairs(("y", "2")),
        }).Url);
    }

    [Fact]
    public void Resign_WithoutExpiresIn_KeepsTheExpiry()
    {
        S3Presigner presigner = Presigner(options => options.SigningWindow = TimeSpan.FromMinutes(5));
        PresignedUrl old = presigner.Presign(new GetObject("k"));
        _clock.Advance(TimeSpan.FromMinutes(20.5));

        ResignedUrl resigned = presigner.Resign(old.Url, HttpMethod.Get);

        resigned.Presigned.ExpiresAt.Should().BeOnOrBefore(old.ExpiresAt).And.BeCloseTo(old.ExpiresAt, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Resign_WithExpiresIn_StartsNow()
    {
        string old = Presigner().Presign(new GetObject("k")).Url;
        _clock.Advance(TimeSpan.FromMinutes(59));

        Presigner().Resign(old, HttpMethod.Get, new() { ExpiresIn = TimeSpan.FromHours(2) }).Presigned.ExpiresAt
            .Should().Be(TestPresigner.SignedAt.AddMinutes(59).AddHours(2));
    }

    [Fact]
    public void Resign_ExpiredUrl_RequiresAcceptExpiredAndExpiresIn()
    {
        S3Presigner presigner = Presigner();
        string old = presigner.Presign(new GetObject("k")).Url;
        _clock.Advance(TimeSpan.FromHours(2));

        RejectionMessage(presigner, old, new() { ExpiresIn = TimeSpan.FromHours(1) }).Should().Contain("has expired").And.Contain("AcceptExpired");
        RejectionMessage(presigner, old, new() { AcceptExpired = true }).Should().Contain("Set ExpiresIn");
        presigner.Resign(old, HttpMethod.Get, new() { AcceptExpired = true, ExpiresIn = TimeSpan.FromHours(1) }).Url
            .Should().Be(presigner.Presign(new GetObject("k")).Url);
    }

    [Fact]
    public void Resign_AppendedParameters_MustBeNamed()
    {
        S3Presigner presigner = Presigner();
        string appended = UrlQuery.Append(presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("a", "1")) }).Url, TestPresigner.Pairs(("response-content-type", "text/plain"), ("b", "2")));

        RejectionMessage(presigner, appended, null).Should().Contain("'response-content-type', 'b'").And.Contain("AcceptAppended");
        RejectionMessage(presigner, appended, new() { AcceptAppended = ["b"] }).Should().Contain("'response-content-type'").And.NotContain("'b'");
        ResignedUrl resigned = presigner.Resign(appended, HttpMethod.Get, new() { AcceptAppended = ["b", "response-content-type"] });

        resigned.SetParameters.Should().BeEquivalentTo("response-content-type", "b");
        resigned.KeptParameters.Should().Equal("a");
        resigned.Url.Should().Be(presigner.Presign(new GetObject("k")
        {
            Query = TestPresigner.Pairs(("a", "1"), ("b", "2")),
            ResponseHeaders = new() { ContentType = "text/plain" },
        }).Url);
    }

    // The order of the parameters is not signed.
    [Fact]
    public void Resign_SignatureAsTheFirstParameter_ReadsTheAppendedParameters()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new GetObject("k")).Url;
        int query = url.IndexOf('?') + 1, signature = url.IndexOf("&X-Amz-Signature=", StringComparison.Ordinal);
        string reordered = $"{url[..query]}{url[(signature + 1)..]}&{url[query..signature]}&b=1";

        presigner.Resign(reordered, HttpMethod.Get, new() { AcceptAppended = ["b"] }).Url
            .Should().Be(presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("b", "1")) }).Url);
    }

    [Fact]
    public void Resign_AppendedDuplicateOfASignedParameter_ReplacesItIfNamed()
    {
        S3Presigner presigner = Presigner();
        string appended = UrlQuery.Append(presigner.Presign(new GetObject("k") { VersionId = "1" }).Url, "versionId", "2");

        RejectionMessage(presigner, appended, null).Should().Contain("a query parameter more than once").And.Contain("which stores reject with 403").And.Contain("'versionId'").And.Contain("AcceptAppended");
        presigner.Resign(appended, HttpMethod.Get, new() { AcceptAppended = ["versionId"] }).Url.Should().Be(presigner.Presign(new GetObject("k") { VersionId = "2" }).Url);
        presigner.Resign(appended, HttpMethod.Get, new() { AcceptAppended = ["versionId"], RemoveQuery = ["versionId"] }).RemovedParameters.Should().Equal("versionId");
    }

    [Fact]
    public void Resign_SecondSignature_IsNotRecommended()
    {
        S3Presigner presigner = Presigner();

        RejectionMessage(presigner, presigner.Presign(new GetObject("k")).Url + "&X-Amz-Signature=0f", null).Should()
            .Contain("more than once, or one of the signature's parameters in different letter case, which stores reject with 403. Use the URL as it was created.")
            .And.NotContain("AcceptAppended").And.NotContain("0f");
    }

    [Fact]
    public void Resign_AppendedWithoutValueOrName_IsReadAsStoresReadIt()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new GetObject("k")).Url;

        presigner.Resign(url + "&&flag&", HttpMethod.Get, new() { AcceptAppended = ["flag"] }).Url
            .Should().Be(presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("flag", "")) }).Url);
        RejectionMessage(presigner, url + "&=x&&flag&", new() { AcceptAppended = ["flag"] }).Should().StartWith("The URL contains a parameter without a name after the signature. Use the URL as it was created.");
    }

    // The AWS SDK for JavaScript signs some headers as query parameters. Parameters that the URL already signs are kept, but added parameters must follow the rules.
    [Fact]
    public void Resign_HeaderNameInTheQueryOfTheUrl_IsKept()
    {
        string url = new SigV4QuerySigner(new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey), "nyc3", "s3", new FakeTimeProvider(TestPresigner.Now))
            .Presign(new SigV4QueryRequest(HttpMethod.Get, "my-space.nyc3.digitaloceanspaces.com") { Path = "/k", Query = TestPresigner.Pairs(("x-amz-checksum-mode", "ENABLED"), ("x-id", "GetObject")) }).Url;

        Presigner().Resign(url, HttpMethod.Get).KeptParameters.Should().Equal("x-amz-checksum-mode", "x-id");
        FluentActions.Invoking(() => Presigner().Resign(url, HttpMethod.Get, new() { SetQuery = TestPresigner.Pairs(("x-amz-acl", "private")) })).Should().Throw<ArgumentException>().WithMessage("*is the name of a header*");
    }

    // Added parameters must follow the rules for the method of the URL, regardless of what the same thread presigned before.
    [Fact]
    public void Resign_RequesterPaysInTheQuery_IsForReadsOnly()
    {
        S3Presigner presigner = Presigner();
        ResignChanges changes = new() { SetQuery = TestPresigner.Pairs(("x-amz-request-payer", "requester")) };
        string get = presigner.Presign(new GetObject("k")).Url, put = presigner.Presign(new PutObject("k")).Url;

        presigner.Resign(get, HttpMethod.Get, changes).SetParameters.Should().Equal("x-amz-request-payer");
        FluentActions.Invoking(() => presigner.Resign(put, HttpMethod.Put, changes)).Should().Throw<ArgumentException>().WithMessage("*is the name of a header*");
    }

    // Ceph responds with 200 to such a URL if a different library signs it.
    [Fact]
    public void Resign_SignedNonAsciiOverride_IsKept()
    {
        string url = new SigV4QuerySigner(new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey), "nyc3", "s3", new FakeTimeProvider(TestPresigner.Now))
            .Presign(new SigV4QueryRequest(HttpMethod.Get, "my-space.nyc3.digitaloceanspaces.com") { Path = "/k", Query = TestPresigner.Pairs(("response-content-disposition", "attachment; filename=\"März.pdf\"")) }).Url;

        Presigner().Resign(url, HttpMethod.Get).KeptParameters.Should().Equal("response-content-disposition");
    }

    // These values are not valid UTF-8 or contain invalid escapes or characters, so no equivalent value can be signed.
    [Theory]
    [InlineData("%FF")]
    [InlineData("a%zz")]
    [InlineData("a%2")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("%ED%A0%80")]
    public void Resign_AppendedValueThatIsNotText_IsRejected(string value)
    {
        S3Presigner presigner = Presigner();

        RejectionMessage(presigner, presigner.Presign(new GetObject("k")).Url + "&b=" + value, new() { AcceptAppended = ["b"] }).Should().NotContain("add their names");
    }

    [Theory]
    [InlineData("ams3", false)]
    [InlineData("us-east-1", true)]
    public void Resign_ScopeOfADifferentRegion_IsRejectedUnlessAnAlias(string region, bool isAlias)
    {
        S3Presigner presigner = Presigner();
        string resignable = new SigV4QuerySigner(new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey), region, "s3", new FakeTimeProvider(TestPresigner.Now))
            .Presign(new SigV4QueryRequest(HttpMethod.Get, "my-space.nyc3.digitaloceanspaces.com") { Path = "/k" }).Url;

        if (isAlias)
        {
            presigner.Resign(resignable, HttpMethod.Get).Url.Should().Contain("%2Fnyc3%2F");
        }
        else
        {
            RejectionMessage(presigner, resignable, null).Should().Contain("is signed for the region 'ams3', but this presigner signs for 'nyc3'");
        }
    }

    // If the headers were read twice and the caller's dictionary changed in between, the headers that are signed would differ from the headers that were verified.
    [Fact]
    public void Resign_Headers_AreReadOnce()
    {
        int reads = 0;
        IReadOnlyCollection<KeyValuePair<string, string>> headers = new Counted(() => reads++);
        S3Presigner presigner = Presigner();

        presigner.Resign(presigner.Presign(new GetObject("k") { Headers = TestPresigner.Pairs(("x-a", "1")) }).Url, HttpMethod.Get, new() { Headers = headers });

        reads.Should().Be(1);
    }

    [Fact]
    public void Resign_AppendedParameterThatIsSetOrRemoved_FollowsTheChange()
    {
        S3Presigner presigner = Presigner();
        string appended = presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("a", "1")) }).Url + "&b=2&c=3";

        ResignedUrl resigned = presigner.Resign(
            appended, HttpMethod.Get, new() { AcceptAppended = ["b", "c"], SetQuery = TestPresigner.Pairs(("b", "4")), RemoveQuery = ["c"] });

        resigned.Url.Should().Be(presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("a", "1"), ("b", "4")) }).Url);
        (string.Join(' ', resigned.KeptParameters), string.Join(' ', resigned.SetParameters), string.Join(' ', resigned.RemovedParameters)).Should().Be(("a", "b", "c"));
    }

    [Fact]
    public void Resign_SetToTheSameValue_IsKept()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("a", "1")) }).Url;

        ResignedUrl resigned = presigner.Resign(url, HttpMethod.Get, new() { SetQuery = TestPresigner.Pairs(("a", "1"), ("b", "1")) });

        resigned.KeptParameters.Should().Equal("a");
        resigned.SetParameters.Should().Equal("b");
    }

    [Fact]
    public void Resign_Fragment_IsRemoved()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new GetObject("k")).Url;

        presigner.Resign(url + "#top", HttpMethod.Get).Url.Should().Be(url);
    }

    [Fact]
    public void Resign_UrlWithoutPath_UsesTheRoot()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "my-space" }).Url;

        presigner.Resign(url.Replace(".com/?", ".com?", StringComparison.Ordinal), HttpMethod.Get).Url.Should().Be(url);
    }

    [Fact]
    public void Resign_UrlOfMaximumLength_KeepsItsParameters()
    {
        S3Presigner presigner = Presigner();
        int room = 131_072 - Url(presigner, "").Length;
        string url = Url(presigner, new string('x', room));

        url.Should().HaveLength(131_072);
        presigner.Resign(url, HttpMethod.Get).Url.Should().Be(url);

        static string Url(S3Presigner presigner, string value) => presigner.Presign(new GetObject("k") { Query = TestPresigner.Pairs(("a", value)) }).Url;
    }

    [Fact]
    public void Resign_DifferentUrlStyle_IsSignedInThePresignersStyle()
    {
        string inPath = Presigner(options => options.UrlStyle = UrlStyle.Path).Presign(new GetObject("k")).Url;
        S3Presigner presigner = Presigner();

        presigner.Resign(inPath, HttpMethod.Get).Url.Should().Be(presigner.Presign(new GetObject("k")).Url);
    }

    [Fact]
    public void Resign_SignedHeaders_AreRequiredAndSignedAgain()
    {
        S3Presigner presigner = Presigner();
        PresignedUrl old = presigner.Presign(new PutObject("k") { ContentType = "image/png" });

        FluentActions.Invoking(() => presigner.Resign(old.Url, HttpMethod.Put)).Should().Throw<ArgumentException>().WithMessage("The URL signs headers that are not in Headers, or*Set Headers to the RequiredHeaders that were returned*");
        FluentActions.Invoking(() => presigner.Resign(old.Url, HttpMethod.Put, new() { Headers = TestPresigner.Pairs(("content-type", "text/html")) }))
            .Should().Throw<ArgumentException>().WithMessage("*signature is wrong*");
        presigner.Resign(old.Url, HttpMethod.Put, new() { Headers = [.. old.RequiredHeaders] }).Presigned.Should().BeEquivalentTo(old);
    }

    [Fact]
    public void Resign_LockedUrl_StaysLocked()
    {
        S3Endpoint ceph = S3Endpoint.Create("http://ceph.test", "us-east-1");
        S3Presigner locking = Presigner(options => Lock(options, ceph, isOn: true));
        string old = locking.Presign(new PutObject("k")).Url;

        locking.Resign(old, HttpMethod.Put).Url.Should().Be(old);
        FluentActions.Invoking(() => Presigner(options => Lock(options, ceph, isOn: false)).Resign(old, HttpMethod.Put))
            .Should().Throw<ArgumentException>().WithMessage("The URL prevents its holder from sending the header 'x-amz-acl', but the new URL would allow it. Use a presigner with LockUnsignedHeaders*");

        static void Lock(PresignerOptions options, S3Endpoint endpoint, bool isOn)
        {
            options.UseEndpoint(endpoint);
            options.LockUnsignedHeaders = isOn;
        }
    }

    [Fact]
    public void Resign_DifferentMethodKeyOrHost_IsRejected()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new GetObject("k")).Url;

        FluentActions.Invoking(() => presigner.Resign(url, HttpMethod.Put)).Should().Throw<ArgumentException>().WithMessage("*signature is wrong*");
        RejectionMessage(presigner, url.Replace("/k?", "/l?", StringComparison.Ordinal), null).Should().Contain("signature is wrong");
        RejectionMessage(presigner, url.Replace("my-space.", "my-other.", StringComparison.Ordinal), null).Should().Contain("signature is wrong");
    }

    [Fact]
    public void Resign_SignedForADifferentBucketWithTheSameCredentials_IsRejected()
    {
        string other = Presigner().Presign(new GetObject("k") { Bucket = "other-space" }).Url;

        RejectionMessage(Presigner(), other, null).Should().Contain("'other-space'").And.Contain("'my-space'");
        Presigner(options => options.Bucket = null).Resign(other, HttpMethod.Get).Url.Should().Be(other, "a presigner without a bucket accepts all buckets");
    }

    [Fact]
    public void Resign_UrlWithoutBucketByAPresignerForOneBucket_IsRejected() =>
        RejectionMessage(Presigner(), Presigner().Presign(new S3ServiceRequest(HttpMethod.Get)).Url, null).Should()
            .StartWith("The URL with the host 'nyc3.digitaloceanspaces.com' is not for the bucket 'my-space', or its path is not valid UTF-8. Use a presigner without Bucket, or the URL as it was created.");

    [Fact]
    public void Resign_SignedForADifferentHostWithTheSameCredentials_IsRejected()
    {
        string other = Presigner(options => options.UseDigitalOceanSpaces("ams3")).Presign(new GetObject("k")).Url;

        RejectionMessage(Presigner(), other, null).Should()
            .StartWith("The URL is for the host 'my-space.ams3.digitaloceanspaces.com', but this presigner signs URLs for 'nyc3.digitaloceanspaces.com'. Use a presigner with the endpoint of the URL.");
    }

    [Fact]
    public void Resign_DifferentCredentials_AreNamedWithoutTheirSecrets()
    {
        string other = TestPresigner.Of(new S3Credentials("DO00OTHER", "another")).Presign(new GetObject("k")).Url;
        string sameId = TestPresigner.Of(new S3Credentials(TestPresigner.AccessKeyId, "another")).Presign(new GetObject("k")).Url;
        string withToken = TestPresigner.Of(new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, "T0KEN")).Presign(new GetObject("k")).Url;

        RejectionMessage(Presigner(), other, null).Should().StartWith($"The URL is not signed with the access key of this presigner ('{TestPresigner.AccessKeyId}'). Use the presigner that signed the URL.");
        RejectionMessage(Presigner(), sameId, null).Should().Contain("different secret access key").And.NotContain("s3cr3t");
        RejectionMessage(Presigner(), withToken, null).Should().StartWith("The URL and this presigner's credentials have different session tokens, or only one of them has a token.").And.NotContain("T0KEN");
    }

    [Theory]
    [InlineData("nonsense", "The URL does not start with 'https://' or 'http://'. Pass the complete URL.")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k", "does not contain a signature")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=AK&Expires=1&Signature=b", "SigV2")]
    public void Resign_NotASigV4Url_IsRejected(string url, string problem) => RejectionMessage(Presigner(), url, null).Should().Contain(problem);

    [Fact]
    public void Resign_InvalidChanges_AreRejected()
    {
        S3Presigner presigner = Presigner();
        string url = presigner.Presign(new GetObject("k")).Url;

        RejectionMessage(presigner, url, new() { SetQuery = TestPresigner.Pairs(("a", "1")), RemoveQuery = ["a"] }).Should().Contain("'a' is both set and removed. Specify it in either SetQuery or RemoveQuery.");
        RejectionMessage(presigner, url, new() { RemoveQuery = ["X-Amz-Expires"] }).Should().Contain("'X-Amz-Expires' belongs to the signature and cannot be removed. Remove the entry from RemoveQuery.");
        RejectionMessage(presigner, url, new() { SetQuery = TestPresigner.Pairs(("X-Amz-Expires", "1")) }).Should().Contain("'X-Amz-Expires' is part of the signature");
        RejectionMessage(presigner, url, new() { SetQuery = TestPresigner.Pairs(("a", "1"), ("a", "2")) }).Should().Contain("specified twice");
        RejectionMessage(presigner, url, new() { RemoveQuery = [null!] }).Should().Contain("A name in RemoveQuery is null. Remove the entry.");
    }

    [Fact]
    public void Resign_UrlThroughTheCdn_KeepsItsHost()
    {
        S3Presigner presigner = Presigner(options => options.PublicUrl = "https://files.example");
        string url = presigner.Presign(new GetObject("k")).Url;

        presigner.Resign(url, HttpMethod.Get, new() { ResponseHeaders = new() { ContentType = "text/plain" } }).Url.Should().StartWith("https://files.example/k?")
            .And.Be(presigner.Presign(new GetObject("k") { ResponseHeaders = new() { ContentType = "text/plain" } }).Url);
    }

    [Fact]
    public void Resign_AccessPointBucketAndService_AreSignedAgain()
    {
        S3Presigner aws = Presigner(options =>
        {
            options.UseAws("eu-west-1");
            options.Bucket = null;
        });
        string accessPoint = aws.Presign(new GetObject("k") { Bucket = "arn:aws:s3:eu-west-1:123456789012:accesspoint/ap" }).Url;
        string bucket = aws.Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "b-1" }).Url;
        string service = aws.Presign(new S3ServiceRequest(HttpMethod.Get)).Url;

        aws.Resign(accessPoint, HttpMethod.Get).Url.Should().Be(accessPoint);
        aws.Resign(bucket, HttpMethod.Get).Url.Should().Be(bucket);
        aws.Resign(service, HttpMethod.Get).Url.Should().Be(service);
        aws.Resign(service.Replace("/?", "?", StringComparison.Ordinal), HttpMethod.Get).Url.Should().Be(service);
    }

    [Fact]
    public void Resign_UploadUrlThroughTheCdn_IsRejected()
    {
        S3Presigner presigner = Presigner(options => options.PublicUrl = "https://files.example");
        string upload = presigner.Presign(new PutObject("k")).Url.Replace("my-space.nyc3.digitaloceanspaces.com", "files.example", StringComparison.Ordinal);

        FluentActions.Invoking(() => presigner.Resign(upload, HttpMethod.Put)).Should().Throw<ArgumentException>().WithMessage("URLs with the host of PublicUrl support only GET. For other methods, use*");
    }

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/%FF", "https://nyc3.digitaloceanspaces.com", "my-space")]
    [InlineData("https://ref.example/other/b/k", "https://ref.example/storage/v1/s3", null)]
    [InlineData("https://ref.example/storage/v1/s3x/k", "https://ref.example/storage/v1/s3", null)]
    [InlineData("http://localhost:9000/my-space/k", "http://localhost:9000/base", "my-space")]
    [InlineData("http://localhost:9000/%FF/k", "http://localhost:9000", null)]
    public void Resign_AddressWithoutAValidKeyAtTheEndpoint_IsRejected(string address, string endpoint, string? bucket)
    {
        Received received = new() { Method = "DELETE", Address = address };
        S3Presigner presigner = Presigner(options =>
        {
            options.UseEndpoint(S3Endpoint.Create(endpoint, "nyc3"));
            options.Bucket = bucket;
        });

        FluentActions.Invoking(() => presigner.Resign(received.Url, HttpMethod.Delete)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Resign_BucketBoundHostname_UsesThePresignersBucket()
    {
        S3Presigner presigner = Presigner(options => options.UseEndpoint(S3Endpoint.Create("https://files.example.com/base", "nyc3", UrlStyle.BucketBoundHostname)));
        string url = presigner.Presign(new GetObject("dir/k")).Url;
        string root = presigner.Presign(new S3BucketRequest(HttpMethod.Get)).Url;

        presigner.Resign(url, HttpMethod.Get).Url.Should().Be(url);
        presigner.Resign(root, HttpMethod.Get).Url.Should().Be(root);
    }

    [Fact]
    public void Resign_ManyAppendedParameters_NamesTen()
    {
        string url = Presigner().Presign(new GetObject("k")).Url + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"&p{i:D2}=1")));

        RejectionMessage(Presigner(), url, null).Should().Contain("'p08', 'p09' and 20 more. If").And.NotContain("'p10'");
    }

    // Each of these URLs would otherwise be signed again as a request for a different resource, without a bucket or for an access point. The first one would list the buckets.
    [Theory]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "//k", UrlStyle.Auto, "The path of the URL is not an object or a bucket of https://s3.eu-west-1.amazonaws.com, or is not valid UTF-8. Use the URL as it was created.*")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "/arn:aws:s3:eu-west-1:123456789012:accesspoint:my-point/k", UrlStyle.Auto, "The path of the URL is not an object or a bucket of https://s3.eu-west-1.amazonaws.com, or is not valid UTF-8. Use*")]
    [InlineData("https://files.example.com", "/k", UrlStyle.BucketBoundHostname, "The host 'files.example.com' is bound to one bucket*")]
    [InlineData("https://bucket.files.example.com", "/k", UrlStyle.BucketBoundHostname, "The URL is for the host 'bucket.files.example.com', but this presigner signs URLs for 'files.example.com'. Use*")]
    public void Resign_KeyThatWouldBecomeADifferentResource_Throws(string host, string path, UrlStyle style, string message)
    {
        Received received = Received.Good with { Address = host + path };
        S3Presigner presigner = Presigner(options =>
        {
            options.UseEndpoint(S3Endpoint.Create(host.Replace("bucket.", "", StringComparison.Ordinal), "eu-west-1", style));
            options.Bucket = null;
        });

        FluentActions.Invoking(() => presigner.Resign(received.Url, HttpMethod.Get)).Should().Throw<ArgumentException>().WithParameterName("url").WithMessage(message);
    }

    [Fact]
    public async Task ResignAsync_SlowProvider_WaitsForTheCredentials()
    {
        string url = Presigner().Presign(new GetObject("k")).Url;
        S3Presigner slow = TestPresigner.With(
            new FakeProvider(async _ =>
            {
                await Task.Yield();
                return new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey);
            }),
            _clock);

        (await slow.ResignAsync(url, HttpMethod.Get)).Url.Should().Be(url);
    }

    [Fact]
    public void Resign_NewSessionToken_ReplacesTheOldOne()
    {
        S3Presigner presigner = TestPresigner.Of(new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, TestPresigner.SessionToken));
        string url = presigner.Presign(new GetObject("k")).Url;

        presigner.Resign(url, HttpMethod.Get).Url.Should().Be(url);
        FluentActions.Invoking(() => presigner.Resign(url.Replace("t0ken", "other", StringComparison.Ordinal), HttpMethod.Get))
            .Should().Throw<ArgumentException>().WithMessage("The URL and this presigner's credentials have different session tokens, or only one of them has a token. Presign the operation again.*");
    }

    private S3Presigner Presigner(Action<PresignerOptions>? configure = null) => TestPresigner.Create(configure, _clock);

    private static string RejectionMessage(S3Presigner presigner, string url, ResignChanges? changes) =>
        FluentActions.Invoking(() => presigner.Resign(url, HttpMethod.Get, changes)).Should().Throw<ArgumentException>().Which.Message;

    private sealed class Counted(Action onRead) : IReadOnlyCollection<KeyValuePair<string, string>>
    {
        public int Count => 1;

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        {
            onRead();
            return TestPresigner.Pairs(("x-a", "1")).AsEnumerable().GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
