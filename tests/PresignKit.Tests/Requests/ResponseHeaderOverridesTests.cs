using System.Globalization;
using System.Reflection;

namespace PresignKit.Tests;

/// <summary>Response overrides as values, and in a query with other parameters.</summary>
public class ResponseHeaderOverridesTests
{
    private static readonly ResponseHeaderOverrides All = new()
    {
        ContentType = "text/plain",
        ContentDisposition = "inline",
        ContentEncoding = "gzip",
        ContentLanguage = "de",
        CacheControl = "no-store",
        Expires = TestPresigner.Now,
    };

    public static TheoryData<string, ResponseHeaderOverrides> Changed() => new()
    {
        { "response-content-type=image%2Fpng", All with { ContentType = "image/png" } },
        { "response-content-disposition=attachment", All with { ContentDisposition = "attachment" } },
        { "response-content-encoding=br", All with { ContentEncoding = "br" } },
        { "response-content-language=fr", All with { ContentLanguage = "fr" } },
        { "response-cache-control=public", All with { CacheControl = "public" } },
        { "response-expires=Sun%2C%2015%20Mar%202026%2015%3A09%3A26%20GMT", All with { Expires = TestPresigner.Now.AddDays(1) } },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void With_OneProperty_ChangesOneParameter(string parameter, ResponseHeaderOverrides changed)
    {
        string[] before = Parameters(All);
        string[] after = Parameters(changed);

        after.Should().HaveCount(6).And.Contain(parameter);
        after.Except(before).Should().ContainSingle();
        (All with { }).Should().Be(All);
        changed.Should().NotBe(All);
    }

    // By reflection, because a new property that is missing from the query would otherwise go unnoticed.
    [Fact]
    public void Equals_EachProperty_IsCompared()
    {
        PropertyInfo[] properties = [.. typeof(ResponseHeaderOverrides).GetProperties().Where(property => property.CanWrite)];

        properties.Should().HaveCount(6);
        foreach (PropertyInfo property in properties)
        {
            ResponseHeaderOverrides overrides = new();
            property.SetValue(overrides, property.PropertyType == typeof(string) ? "x" : TestPresigner.Now);

            overrides.Should().NotBe(new ResponseHeaderOverrides(), property.Name);
            (overrides with { }).Should().Be(overrides);
            Parameters(overrides).Should().ContainSingle(property.Name);
        }
    }

    [Fact]
    public void Presign_NoOverrides_AddsNoParameters() => Parameters(new ResponseHeaderOverrides()).Should().BeEmpty();

    [Theory]
    [InlineData("a=1", "a=1&response-content-type=a%2Fb")]
    [InlineData("response-a=1", "response-a=1&response-content-type=a%2Fb")]
    [InlineData("response-content-typf=1", "response-content-type=a%2Fb&response-content-typf=1")]
    [InlineData("b=1", "b=1&response-content-type=a%2Fb")]
    [InlineData("content-typf=1", "content-typf=1&response-content-type=a%2Fb")]
    [InlineData("response-content=1", "response-content=1&response-content-type=a%2Fb")]
    [InlineData("z=1", "response-content-type=a%2Fb&z=1")]
    public void Presign_OtherParameters_AreSortedAmongTheOverrides(string other, string expected)
    {
        GetObject operation = new("key") { ResponseHeaders = new() { ContentType = "a/b" }, Query = TestPresigner.Pairs((other[..^2], "1")) };

        string url = Presign(operation);

        string query = url[(url.IndexOf('?') + 1)..url.IndexOf("&X-Amz-Signature=", StringComparison.Ordinal)];
        query.Split('&').Should().Equal(query.Split('&').OrderBy(parameter => parameter[..parameter.IndexOf('=')], StringComparer.Ordinal));
        query.Should().EndWith("&" + expected).And.NotContain("&&");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("response-a")]
    [InlineData("response-content-a")]
    public void Presign_ParameterThatSortsBeforeAnOverride_IsInOrder(string name)
    {
        GetObject operation = new("key") { ResponseHeaders = new() { CacheControl = "0", ContentType = "0", ContentLanguage = "0" }, Query = TestPresigner.Pairs((name, "1")) };

        string[] names = [.. Presign(operation).Split('&').Select(parameter => parameter[..parameter.IndexOf('=')])];

        names[5..^1].Should().Equal(names[5..^1].Order(StringComparer.Ordinal)).And.HaveCount(4).And.Contain(name);
    }

    [Fact]
    public void Presign_AllOverridesAmongManyParameters_IsValid()
    {
        GetObject operation = new("key")
        {
            ResponseHeaders = All,
            VersionId = "1",
            PartNumber = 2,
            Query = [.. Enumerable.Range(0, 40).Select(i => KeyValuePair.Create("Q" + i, i.ToString(CultureInfo.InvariantCulture)))],
        };

        string url = Presign(operation, TestPresigner.SessionToken);

        S3Credentials credentials = new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, TestPresigner.SessionToken);
        Received.Verifier(credentials: credentials).Verify(HttpMethod.Get, url, []).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
    }

    [Theory]
    [InlineData("response-content-type")]
    [InlineData("response-expires")]
    public void Presign_SameOverrideInQuery_Throws(string name)
    {
        GetObject operation = new("key") { ResponseHeaders = All, Query = TestPresigner.Pairs((name, "x")) };

        FluentActions.Invoking(() => TestPresigner.Create().Presign(operation)).Should().Throw<ArgumentException>().WithParameterName("operation")
            .WithMessage($"The query parameter '{name}' is specified twice, which stores reject with 403. Remove one*");
    }

    [Fact]
    public void Presign_DifferentOverrideInQuery_IsAccepted()
    {
        GetObject operation = new("key") { ResponseHeaders = new() { ContentType = "a/b" }, Query = TestPresigner.Pairs(("response-expires", "x")) };

        Presign(operation).Should().Contain("&response-content-type=a%2Fb&response-expires=x&");
    }

    [Fact]
    public void Presign_AfterAnOperationWithOverrides_AddsNoOverrides()
    {
        S3Presigner presigner = TestPresigner.Create();
        string before = presigner.Presign(new GetObject("key")).Url;
        GetObject operation = new("key") { ResponseHeaders = All };
        _ = presigner.Presign(operation);

        presigner.Presign(new GetObject("key")).Url.Should().Be(before);
        presigner.Presign(new GetObject("key") { Query = TestPresigner.Pairs(("response-expires", "x")) }).Parameter("response-expires").Should().Be("x");
    }

    private static string[] Parameters(ResponseHeaderOverrides overrides) =>
        [.. Presign(new GetObject("key") { ResponseHeaders = overrides }).Split('&').Where(parameter => parameter.StartsWith("response-", StringComparison.Ordinal))];

    private static string Presign(GetObject operation, string? sessionToken = null) =>
        TestPresigner.Create(options => options.SessionToken = sessionToken).Presign(operation).Url;
}
