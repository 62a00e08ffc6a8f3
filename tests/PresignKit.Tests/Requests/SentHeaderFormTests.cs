using CsCheck;

namespace PresignKit.Tests;

/// <summary>Header values are signed in the form in which System.Net.Http sends them, whether or not anything enumerates the headers first.</summary>
public class SentHeaderFormTests
{
    private const int Iterations = 100_000;

    private static readonly string[] Dates =
    [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 +0100", "06 Nov 1994 08:49", "2026-11-30T00:00:00Z", "0", "-1", "never",
    ];

    private static readonly string[] Tags = ["\"a\"", "\"b,c\"", "\"d\\\"e\"", "W/\"f\"", "w/ \"g\"", "*", "h", "\"i"];

    private static readonly string[] Parameters = ["a=b", "c=\"d; e\"", "f", "G = h", "i=", "charset=utf-8", "filename*=UTF-8''a%20b", "q=0.50"];

    private static readonly string[] Tokens = ["gzip", "br", "de-CH", "GET", "*", "aws-chunked", "a b", "a=b"];

    private static readonly string[] Qualities = ["de", "en;q=0.90", "* ; Q = 1", "fr;q=0", "it;q=.5", "nl;q=2", "pl;q=0.12345", "a;b"];

    // The parts that the values of each header consist of, and the separators between them.
    private static readonly (string Name, string Separators, string[] Parts)[] Headers =
    [
        ("Cache-Control", ",", [
            "private", "No-Store", "no-cache", "PUBLIC", "immutable", "only-if-cached", "must-revalidate", "proxy-revalidate", "no-transform", "max-age=060", "max-age=5", "max-age=2147483648",
            "max-age", "max-age=\"1\"", "s-maxage=5", "max-stale", "max-stale=7", "min-fresh = 1", "private=\"a, b\"", "no-cache=\"Set-Cookie\"", "no-cache=\"c d\"", "no-cache=\", \"",
            "private=e", "public=1", "stale-while-revalidate=060", "x = \"1, 2\"", "a b",
        ]),
        ("Content-Type", ";", ["text/plain", "image / *", "TEXT/Html", "jpeg", .. Parameters]),
        ("Content-Disposition", ";", ["attachment", "inline", "filename=\"a b.txt\"", "filename=a.txt", .. Parameters]),
        ("Content-Encoding", ",", Tokens), ("Content-Language", ",", Tokens), ("Allow", ",", Tokens), ("x-amz-meta-a", ",", Tokens), ("X-Cache-Control", ",", ["private", "no-store"]),
        ("Content-Length", " ", ["0", "7", "007", "42", "9223372036854775807", "9223372036854775808", "-1", "a"]),
        ("Content-MD5", " ", ["1B2M2Y8AsgTpgAmY7PhCfg==", "1B2M2Y8AsgTpgAmY7PhCfh==", "1B2M", "abc", "AAAA"]),
        ("Content-Range", "/", ["bytes 0-1", "bytes  0 - 01", "bytes *", "bytes 5-3", "2", "02", "*", "bytes=0-1"]),
        ("Range", ",", ["bytes=0-1", "bytes = 00 - 01", "3-", "-5", "007-9", "5-3", "items=1-2", "-", "99999999999999999999-", "a"]),
        ("If-Match", ",", Tags), ("If-None-Match", ",", Tags), ("If-Range", ",", [.. Tags, .. Dates]), ("ETag", ",", Tags),
        ("Expires", " ", Dates), ("Last-Modified", " ", Dates), ("If-Modified-Since", " ", Dates), ("If-Unmodified-Since", " ", Dates), ("Date", " ", Dates),
        ("Accept", ",;", ["image/png", "image/*", "*/* ;q=.5", .. Parameters]),
        ("Accept-Charset", ",", Qualities), ("Accept-Encoding", ",", Qualities), ("Accept-Language", ",", Qualities),
        ("Pragma", ",", ["no-cache", .. Parameters]),
        ("From", ",", ["a@b.c", "A <a@b.c>", "a"]), ("Cookie", ";", Parameters), ("Origin", ",", ["http://a", "null"]), ("Link", ",", ["<a>;rel=b"]), ("Vary", ",", Tokens),
    ];

    private static readonly Gen<(string Name, string Value)> Header = Gen.OneOfConst(Headers).SelectMany(header =>
        Gen.Select(
            Gen.Frequency((20, Gen.OneOfConst(header.Parts)), (1, Gen.OneOfConst("\"", "\\", "(", "=", "", "\"a\\\"", "~", "@"))),
            Gen.Frequency(
                (8, Gen.OneOfConst([.. header.Separators.Select(separator => separator.ToString())])),
                (8, Gen.OneOfConst([.. header.Separators.Select(separator => separator + " ")])),
                (2, Gen.OneOfConst([.. header.Separators.Select(separator => "\t" + separator + separator)])),
                (1, Gen.OneOfConst(" ", "", ",", ";"))))
        .Array[0, 5]
        .Select(parts => (header.Name, Value: string.Concat(parts.Select((part, i) => i == parts.Length - 1 ? part.Item1 : part.Item1 + part.Item2)))));

    public static TheoryData<string, string, string> Rewritten => new()
    {
        { "cache-control", "private, no-store", "no-store, private" },
        { "cache-control", "no-cache,max-age=0", "no-cache, max-age=0" },
        { "cache-control", "max-age=31536000, public, immutable", "public, max-age=31536000, immutable" },
        { "Cache-Control", "Immutable, PUBLIC, max-age=007,, max-age=08", "public, max-age=8, Immutable" },
        { "cache-control", "private=\"a b,c\", no-cache = \"d\", x = \"1, 2\"", "no-cache=\"d\", private=\"a, b, c\", x=\"1, 2\"" },
        { "content-type", "text/plain;charset=utf-8", "text/plain; charset=utf-8" },
        { "content-type", " text / plain ; a = \"b;c\";d", "text/plain; a=\"b;c\"; d" },
        { "content-disposition", "attachment;filename=\"a.txt\"", "attachment; filename=\"a.txt\"" },
        { "content-encoding", "gzip,br", "gzip, br" },
        { "content-language", "de,en", "de, en" },
        { "content-md5", "1B2M2Y8AsgTpgAmY7PhCfh==", "1B2M2Y8AsgTpgAmY7PhCfg==" },
        { "content-range", "bytes  0 - 01 / 2", "bytes 0-1/2" },
        { "if-match", "\"a\",\"b\"", "\"a\", \"b\"" },
        { "if-none-match", "w/\"a\"", "W/\"a\"" },
        { "range", "bytes=0-1,3-4", "bytes=0-1, 3-4" },
        { "accept", "image/png,image/*;q=0.8", "image/png, image/*; q=0.8" },
        { "accept-language", "de,en;q=0.90", "de, en; q=0.9" },
        { "pragma", "a,b=c", "a, b=c" },
    };

    public static TheoryData<string, string> Unchanged => new()
    {
        { "cache-control", "public, max-age=31536000, immutable" },
        { "cache-control", "private, no-store;" },
        { "cache-control", "max-age=-1, private, no-store" },
        { "content-type", "image/svg+xml" },
        { "content-type", "jpeg" },
        { "content-disposition", "attachment; filename=\"M_rz.pdf\"; filename*=UTF-8''M%C3%A4rz.pdf" },
        { "expires", "0" },
        { "expires", "Sun, 06 Nov 1994 08:49:37 GMT" },
        { "if-match", "e" },
        { "if-none-match", "*" },
        { "x-amz-meta-cache-control", "private,no-store" },
        { "x-cache-control", "private,no-store" },
    };

    [Theory]
    [MemberData(nameof(Rewritten))]
    public void Presign_ValueThatIsRewritten_SignsTheFormThatIsSent(string name, string value, string sent)
    {
        PresignedUrl url = Presigned.Of(new PutObject("k") { Headers = TestPresigner.Pairs((name, value)) });

        url.RequiredHeaders[name].Should().Be(sent);
        url.Url.Should().Be(Presigned.Of(new PutObject("k") { Headers = TestPresigner.Pairs((name, sent)) }).Url);
        SentBySystemNetHttp(name, value.Trim()).Should().Be(sent, "System.Net.Http writes this form");
    }

    [Theory]
    [MemberData(nameof(Unchanged))]
    public void Presign_ValueThatIsNotRewritten_IsSignedUnchanged(string name, string value) =>
        Presigned.Of(new PutObject("k") { Headers = TestPresigner.Pairs((name, value)) }).RequiredHeaders[name].Should().BeSameAs(value);

    [Theory]
    [InlineData("expires", "Sunday, 06-Nov-94 08:49:37 GMT", "date in the form that HTTP clients send. Use a date such as 'Sun, 06 Nov 1994 08:49:37 GMT'*")]
    [InlineData("if-modified-since", "Mon, 06 Nov 1994 08:49:37 GMT", "date in the form that HTTP clients send*day of the week*")]
    [InlineData("If-Range", "2026-11-30T00:00:00Z", "date in the form that HTTP clients send*")]
    [InlineData("content-length", "007", "length in the form that HTTP clients send. Use*without leading zeros*")]
    [InlineData("content-length", "many", "length in the form that HTTP clients send. Use*decimal digits*")]
    public void Presign_ValueThatNoClientSends_IsRejectedWithTheFormThatWorks(string name, string value, string message) => FluentActions
        .Invoking(() => Presigned.Of(new PutObject("k") { Headers = TestPresigner.Pairs((name, value)) }))
        .Should().Throw<ArgumentException>().WithParameterName("operation").WithMessage($"The header '{name}' is '{value}', which is not a {message}");

    [Theory]
    [InlineData("referer")]
    [InlineData("Content-Location")]
    [InlineData("Via")]
    [InlineData("warning")]
    [InlineData("max-forwards")]
    public void Presign_HeaderThatClientsOrProxiesChange_IsRejected(string name) => FluentActions
        .Invoking(() => Presigned.Of(new PutObject("k") { Headers = TestPresigner.Pairs((name, "1")) }))
        .Should().Throw<ArgumentException>().WithMessage($"The header '{name}' cannot be signed*");

    [Fact]
    public void Presign_AnyValue_IsSentAsSigned()
    {
        int rewritten = 0;
        Header.Sample(header =>
        {
            (string name, string value) = header;
            string sent = value;
            if (HeaderRules.FindProblem(name, ref sent, []) is null)
            {
                SentBySystemNetHttp(name, sent).Trim().Should().Be(sent.Trim(), "{0}: {1}", name, value);
                rewritten += sent.Trim() == value.Trim() ? 0 : 1;
            }
        }, iter: TestScale.Of(Iterations), threads: 1);

        rewritten.Should().BeGreaterThan(TestScale.Of(Iterations) / 20, "otherwise the samples contain too few rewritten values");
    }

    // The store saves the value with the object, so it is rewritten only as far as System.Net.Http would rewrite it.
    [Fact]
    public void Presign_AnyValueThatSystemNetHttpWrites_IsNotChangedFurther() => Header.Sample(header =>
    {
        (string name, string value) = header;
        string written = SentBySystemNetHttp(name, value).Trim();
        string sent = written;
        if (written != value.Trim() && HeaderRules.FindProblem(name, ref sent, []) is null)
        {
            sent.Should().Be(written, "{0}: {1}", name, value);
        }
    }, iter: TestScale.Of(Iterations), threads: 1);

    [Fact]
    public void Presign_EveryProperty_IsSentAsSigned()
    {
        S3Operation[] operations =
        [
            new PutObject("k") { ContentType = "a/b;c=d", CacheControl = "private,no-store", ContentDisposition = "inline;a=b", ContentEncoding = "gzip,br", ContentLanguage = "de,en", IfMatch = "\"a\",\"b\"" },
            new CreateMultipartUpload("k") { ContentType = "a/b;c=d", CacheControl = "private,no-store", Expires = TestPresigner.Now },
            new CopyObject("k", new CopySource("bucket", "k")) { CacheControl = "private,no-store", MetadataDirective = CopyDirective.Replace },
            new GetObject("k") { IfNoneMatch = "\"a\",\"b\"", Range = new ByteRange(1, 2), IfModifiedSince = TestPresigner.Now },
            new S3BucketRequest(HttpMethod.Put) { Headers = TestPresigner.Pairs(("content-type", "a/b;c=d")) },
        ];

        foreach (S3Operation operation in operations)
        {
            ShouldBeSentAsSigned(Presigned.Of(operation));
        }
    }

    [Fact]
    public void SigV4QuerySigner_RewrittenAndRepeatedHeaders_AreSentAsSigned()
    {
        SigV4QuerySigner signer = new(new S3Credentials("AK", "secret"), "eu-west-1", "execute-api");
        SigV4QueryRequest request = new(HttpMethod.Put, "a.example")
        {
            Headers = TestPresigner.Pairs(("accept", "a/b;q=1"), ("Accept", " c/d "), ("cache-control", "private,no-store"), ("x-a", "1"), ("X-A", "2")),
        };

        PresignedUrl url = signer.Presign(request);

        url.RequiredHeaders.Should().BeEquivalentTo(new Dictionary<string, string> { ["accept"] = "a/b; q=1, c/d", ["cache-control"] = "no-store, private", ["x-a"] = "1,2" });
        ShouldBeSentAsSigned(url);
    }

    [Fact]
    public void Resign_UrlSignedOverAFormThatIsRewritten_SignsTheFormThatIsSent()
    {
        Dictionary<string, string> headers = new() { ["cache-control"] = "private,no-store" };
        PresignedUrl canonical = Presigned.Of(new PutObject("k") { Headers = headers });
        string signature = canonical.Url[(canonical.Url.LastIndexOf('=') + 1)..];
        string foreign = canonical.Url.Replace(signature, IndependentSigner.Signature("PUT", canonical.Url, headers, "secret"), StringComparison.Ordinal);

        ResignedUrl resigned = Presigned.With.Resign(foreign, HttpMethod.Put, new ResignChanges { Headers = headers });

        foreign.Should().NotBe(canonical.Url, "its signature covers the other form");
        resigned.Url.Should().Be(canonical.Url);
        resigned.RequiredHeaders["cache-control"].Should().Be("no-store, private");
    }

    [Fact]
    public void Presign_FormFieldsAndResponseOverrides_AreNeverRewritten()
    {
        Presigned.With.PresignPost(new PostPolicy(PostKey.Exact("k")) { CacheControl = "private,no-store" }).Fields
            .Should().Contain(field => field.Key == "Cache-Control" && field.Value == "private,no-store");
        Presigned.Of(new GetObject("k") { ResponseHeaders = new() { CacheControl = "private,no-store" } }).Parameter("response-cache-control").Should().Be("private%2Cno-store");
    }

    private static void ShouldBeSentAsSigned(PresignedUrl url)
    {
        foreach (KeyValuePair<string, string> header in url.RequiredHeaders)
        {
            SentBySystemNetHttp(header.Key, header.Value).Should().Be(header.Value, "{0} of {1}", header.Key, url.Url);
        }
    }

    /// <summary>Returns a value as System.Net.Http writes it after the headers have been enumerated.</summary>
    private static string SentBySystemNetHttp(string name, string value)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, "http://a.example/") { Content = new ByteArrayContent([]) };
        System.Net.Http.Headers.HttpHeaders headers = request.Headers;
        if (!headers.TryAddWithoutValidation(name, value))
        {
            headers = request.Content.Headers;
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value).Should().BeTrue("{0} is a request header or a content header", name);
        }

        _ = headers.Count();
        return headers.NonValidated[name].ToString();
    }
}
