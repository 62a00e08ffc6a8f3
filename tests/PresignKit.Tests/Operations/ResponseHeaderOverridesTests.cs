using System.Globalization;
using PresignKit.Tests.Verification;

namespace PresignKit.Tests.Operations;

/// <summary>Overrides are encoded when they are first used; nobody must be able to tell.</summary>
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
    public void With_AfterUse_HasTheChangeAndAllElse(string parameter, ResponseHeaderOverrides changed)
    {
        string[] before = Parameters(All);
        string[] after = Parameters(changed);

        after.Should().HaveCount(6).And.Contain(parameter);
        after.Except(before).Should().ContainSingle();
        (All with { }).Should().Be(All);
        changed.Should().NotBe(All);
    }

    [Fact]
    public void Equals_UsedAndUnused_AreEqual()
    {
        ResponseHeaderOverrides used = new() { ContentType = "a/b" };
        _ = Parameters(used);
        ResponseHeaderOverrides unused = new() { ContentType = "a/b" };

        used.Should().Be(unused);
        used.GetHashCode().Should().Be(unused.GetHashCode());
        used.ToString().Should().Be(unused.ToString());
        used.Equals(null).Should().BeFalse();
    }

    [Fact]
    public void Presign_NoneSet_AddsNothing() => Parameters(new ResponseHeaderOverrides()).Should().BeEmpty();

    [Theory]
    [InlineData("a=1", "a=1&response-content-type=a%2Fb")]
    [InlineData("response-a=1", "response-a=1&response-content-type=a%2Fb")]
    [InlineData("response-content-typf=1", "response-content-type=a%2Fb&response-content-typf=1")]
    [InlineData("z=1", "response-content-type=a%2Fb&z=1")]
    public void Presign_OtherParameters_StandInOrderBesideThem(string other, string expected)
    {
        GetObject operation = new("key") { ResponseHeaders = new() { ContentType = "a/b" }, Query = TestPresigner.Pairs((other[..^2], "1")) };

        string url = TestPresigner.Create().Presign(operation).Url;

        string query = url[(url.IndexOf('?') + 1)..url.IndexOf("&X-Amz-Signature=", StringComparison.Ordinal)];
        query.Split('&').Should().Equal(query.Split('&').Order(StringComparer.Ordinal));
        query.Should().EndWith("&" + expected).And.NotContain("&&");
    }

    [Fact]
    public void Presign_AllOfThemBetweenManyOthers_IsValid()
    {
        GetObject operation = new("key")
        {
            ResponseHeaders = All,
            VersionId = "1",
            PartNumber = 2,
            Query = [.. Enumerable.Range(0, 40).Select(i => KeyValuePair.Create("Q" + i, i.ToString(CultureInfo.InvariantCulture)))],
        };

        string url = TestPresigner.Create(options => options.SessionToken = TestPresigner.SessionToken).Presign(operation).Url;

        S3Credentials credentials = new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, TestPresigner.SessionToken);
        Received.Verifier(credentials: credentials).Verify(HttpMethod.Get, url, []).Should().Be(PresignVerification.Valid);
    }

    [Theory]
    [InlineData("response-content-type")]
    [InlineData("response-expires")]
    public void Presign_ByQueryToo_IsGivenTwice(string name) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { ResponseHeaders = All, Query = TestPresigner.Pairs((name, "x")) }))
        .Should().Throw<ArgumentException>().WithParameterName("operation")
        .WithMessage($"The query parameter '{name}' is given twice; stores answer 403 to that. Give it once*");

    [Fact]
    public void Presign_AnotherOneByQuery_IsTaken()
    {
        GetObject operation = new("key") { ResponseHeaders = new() { ContentType = "a/b" }, Query = TestPresigner.Pairs(("response-expires", "x")) };

        TestPresigner.Create().Presign(operation).Parameter("response-expires").Should().Be("x");
    }

    [Fact]
    public void Presign_AfterAnOperationWithOverrides_HasNone()
    {
        S3Presigner presigner = TestPresigner.Create();
        string before = presigner.Presign(new GetObject("key")).Url;
        _ = presigner.Presign(new GetObject("key") { ResponseHeaders = All });

        presigner.Presign(new GetObject("key")).Url.Should().Be(before);
        presigner.Presign(new GetObject("key") { Query = TestPresigner.Pairs(("response-expires", "x")) }).Parameter("response-expires").Should().Be("x");
    }

    private static string[] Parameters(ResponseHeaderOverrides overrides)
    {
        string url = TestPresigner.Create().Presign(new GetObject("key") { ResponseHeaders = overrides }).Url;
        return [.. url.Split('&').Where(parameter => parameter.StartsWith("response-", StringComparison.Ordinal))];
    }
}
