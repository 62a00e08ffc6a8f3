namespace PresignKit.Tests;

/// <summary>Every property and parameter for an ETag accepts only the forms that stores send.</summary>
public class ETagRulesTests
{
    private static readonly Dictionary<string, Func<string, object>> Places = new()
    {
        ["GetObject.IfMatch"] = etag => new GetObject("k") { IfMatch = etag },
        ["HeadObject.IfNoneMatch"] = etag => new HeadObject("k") { IfNoneMatch = etag },
        ["PutObject.IfMatch"] = etag => new PutObject("k") { IfMatch = etag },
        ["PutObject.IfNoneMatch"] = etag => new PutObject("k") { IfNoneMatch = etag },
        ["CopyObject.IfMatch"] = etag => new CopyObject("k", new CopySource("src-bucket", "k")) { IfMatch = etag },
        ["CopyObject.IfNoneMatch"] = etag => new CopyObject("k", new CopySource("src-bucket", "k")) { IfNoneMatch = etag },
        ["CopySource.IfMatch"] = etag => new CopySource("src-bucket", "k") { IfMatch = etag },
        ["CopySource.IfNoneMatch"] = etag => new CopySource("src-bucket", "k") { IfNoneMatch = etag },
        ["CompleteMultipartUpload.IfMatch"] = etag => new CompleteMultipartUpload("k", "id") { IfMatch = etag },
        ["CompleteMultipartUpload.IfNoneMatch"] = etag => new CompleteMultipartUpload("k", "id") { IfNoneMatch = etag },
        ["DeleteObject.IfMatch"] = etag => new DeleteObject("k") { IfMatch = etag },
        ["CompletedPart.etag"] = etag => new CompletedPart(1, etag),
    };

    public static TheoryData<string> Names => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ETag_InAFormThatNoStoreSends_IsRejectedWithTheRemedy(string place)
    {
        (string ETag, string Message)[] cases =
        [
            ("", "* is empty. Specify the ETag*"),
            ("W/\"a\"", "* is 'W/\"a\"', which is not a valid strong ETag (it is weak, escaped or surrounded by white space). Use '\"a\"'.*"),
            ("\"a\", w/\"b\"", "*Use '\"a\", \"b\"'.*"),
            ("&quot;a&quot;", "*Use '\"a\"'.*"),
            ("&#34;a&#34;", "*Use '\"a\"'.*"),
            ("\\\"a\\\"", "*Use '\"a\"'.*"),
            (" \"a\"\n", "*Use '\"a\"'.*"),
            ("\"a", "*which is not an ETag in the form that stores send. Use*with both quotation marks*"),
            ("&#x22;a&#x22;", "*Use the ETag header of the response*"),
            ("\\u0022a\\u0022", "*Use the ETag header of the response*"),
            (" ", "*Use the ETag header of the response*"),
            ("\"a\u0001\"", "*U+0001*Use the ETag header of the response*"),
            ("\"ä\"", "*U+00E4*"),
        ];

        foreach ((string etag, string message) in cases)
        {
            FluentActions.Invoking(() => Places[place](etag)).Should().Throw<ArgumentException>().WithParameterName(place.Split('.')[1]).WithMessage(message);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ETag_AsStoresSendIt_IsAccepted(string place)
    {
        string[] etags = ["\"d41d8cd98f00b204e9800998ecf8427e\"", "\"a-12\"", "d41d8cd98f00b204e9800998ecf8427e", "\"a\", \"b\""];

        etags.Should().AllSatisfy(etag => Places[place](etag).Should().NotBeNull());
    }

    [Fact]
    public void ETag_Asterisk_IsAcceptedInConditionsOnly()
    {
        new PutObject("k") { IfNoneMatch = "*" }.IfNoneMatch.Should().Be("*");
        FluentActions.Invoking(() => new CompletedPart(1, "*")).Should().Throw<ArgumentException>().WithMessage("The etag is '*'*UploadPart.ReadETag*");
    }
}
