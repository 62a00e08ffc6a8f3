using System.Collections;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Extreme values are reported with the library's own message rather than the framework's message.</summary>
public class ExtremeValueTests
{
    private static readonly S3Credentials Credentials = new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey);

    public static TheoryData<string, Action<TimeProvider>> SigningCalls => new()
    {
        { "Presign", clock => Late(clock).Presign(new GetObject("k")) },
        { "PresignAsync", clock => Late(clock).PresignAsync(new GetObject("k")).AsTask().GetAwaiter().GetResult() },
        { "TryPresign", clock => Late(clock).TryPresign(new GetObject("k"), new char[4096], out _) },
        { "PresignPost", clock => Late(clock).PresignPost(new PostPolicy(PostKey.Exact("k"))) },
        { "Explain", clock => Late(clock).Explain(new GetObject("k")) },
        { "Resign", clock => Late(clock).Resign(TestPresigner.Create().Presign(new GetObject("k")).Url, HttpMethod.Get, new() { AcceptExpired = true, ExpiresIn = TimeSpan.FromHours(1) }) },
        { "SigningWindow", clock => TestPresigner.Create(options => options.SigningWindow = TimeSpan.FromDays(1), clock).Presign(new GetObject("k")) },
        { "SigV4QuerySigner", clock => new SigV4QuerySigner(Credentials, "nyc3", "s3", clock).Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.example.com")) },
    };

    public static TheoryData<string, Action> NullNames => new()
    {
        { "Metadata", () => _ = new PutObject("k") { Metadata = new NullName() } },
        { "Tagging", () => _ = new PutObject("k") { Tagging = new NullName() } },
        { "Metadata", () => _ = new PostPolicy(PostKey.Exact("k")) { Metadata = new NullName() } },
        { "Tagging", () => _ = new PostPolicy(PostKey.Exact("k")) { Tagging = new NullName() } },
        { "EncryptionContext", () => _ = ServerSideEncryption.Kms("key") with { EncryptionContext = new NullName() } },
        { "tags", () => PutObjectTagging.CreateBody(new NullName()) },
        { "requiredHeaders", () => _ = new PresignedUrl("https://a.example", HttpMethod.Get, default, default, [new(null!, "v")]) },
        { "parameters", () => UrlQuery.Append("https://a.example", [new(null!, "v")]) },
        { "operation", () => TestPresigner.Create().Presign(new GetObject("k") { Headers = [new(null!, "v")] }) },
        { "operation", () => TestPresigner.Create().Presign(new GetObject("k") { Query = [new(null!, "v")] }) },
        { "policy", () => Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = [new(null!, "v")] }) },
        { "addedFields", () => Posted.Form(new PostPolicy(PostKey.Exact("k"))).ToMultipartContent(Stream.Null, "f", [new(null!, "v")]) },
    };

    public static TheoryData<string, Action> TooLong => new()
    {
        { "operation", () => TestPresigner.Create().Presign(new GetObject("k") { Query = [new("a", new string('ü', 1 << 18))] }) },
        { "operation", () => TestPresigner.Create().Presign(new GetObject("k") { Query = [new(new string('a', 1 << 18), "b")] }) },
        { "operation", () => TestPresigner.Create().Presign(new GetObject("k") { Headers = [new("a", new string('a', 1 << 18))] }) },
        { "operation", () => TestPresigner.Create().Presign(new GetObject("k") { Headers = [new(new string('a', 1 << 18), "b")] }) },
        { "operation", () => TestPresigner.Create().Presign(new ListObjectsV2 { Prefix = new string('/', 1 << 18) }) },
        { "parameters", () => UrlQuery.Append("https://a.example", "n", new string('/', (1 << 24) + 1)) },
        { "parameters", () => UrlQuery.Append("https://a.example", Enumerable.Repeat(new KeyValuePair<string, string>("n", new string('/', 1 << 22)), 5)) },
        { "key", () => _ = new GetObject(new string('k', 1 << 20)) },
    };

    [Theory]
    [MemberData(nameof(SigningCalls))]
    public void Sign_EndOfTheYear9999_NamesTheClock(string name, Action<TimeProvider> call) => FluentActions.Invoking(() => call(new FakeTimeProvider(DateTimeOffset.MaxValue)))
        .Should().Throw<InvalidOperationException>(name).WithMessage("The clock shows 9999-12-31 *Correct the clock*");

    [Fact]
    public void RetainUntil_LastInstant_IsNotRoundedUp() => TestPresigner.Create()
        .Presign(new PutObject("k") { ObjectLock = new() { Mode = ObjectLockMode.Governance, RetainUntil = DateTimeOffset.MaxValue } })
        .RequiredHeaders["x-amz-object-lock-retain-until-date"].Should().Be("9999-12-31T23:59:59Z");

    [Theory]
    [InlineData("\uFFFE")]
    [InlineData("\uFFFF")]
    [InlineData("\u0001")]
    public void Tag_CharacterThatXmlDoesNotAllow_IsNamed(string text)
    {
        foreach (Dictionary<string, string> tags in new[] { new Dictionary<string, string> { ["a"] = text }, new Dictionary<string, string> { ["a" + text] = "b" } })
        {
            FluentActions.Invoking(() => PutObjectTagging.CreateBody(tags)).Should().Throw<ArgumentException>().WithMessage("The tag 'a*contains a control character or a character that is not valid in XML. Use*").WithParameterName("tags");
        }
    }

    // Not a theory, because xunit passes lone surrogates on as U+FFFD.
    [Fact]
    public void LoneSurrogate_InAnyText_IsNamed()
    {
        const string Text = "a\uD800";
        foreach ((string parameter, Action call) in new (string, Action)[]
        {
            ("parameters", () => UrlQuery.Append("https://a.example", "n", Text)),
            ("parameters", () => UrlQuery.Append("https://a.example", Text, "v")),
            ("operation", () => TestPresigner.Create().Presign(new GetObject("k") { VersionId = Text })),
            ("VersionId", () => _ = new CopySource("bucket", "k") { VersionId = Text }),
            ("operation", () => TestPresigner.Create().Presign(new ListParts("k", Text))),
        })
        {
            FluentActions.Invoking(call).Should().Throw<ArgumentException>().WithMessage("*contains a lone surrogate*").WithParameterName(parameter);
        }
    }

    [Theory]
    [MemberData(nameof(NullNames))]
    public void NullName_InAnyCollection_IsNamed(string parameter, Action call) =>
        FluentActions.Invoking(call).Should().ThrowExactly<ArgumentException>().WithParameterName(parameter).WithMessage("*name*");

    [Theory]
    [MemberData(nameof(TooLong))]
    public void Text_TooLongForAnyStore_ThrowsWithAShortMessage(string parameter, Action call) =>
        FluentActions.Invoking(call).Should().ThrowExactly<ArgumentException>().WithParameterName(parameter).Which.Message.Length.Should().BeLessThan(400);

    private static S3Presigner Late(TimeProvider clock) => TestPresigner.Create(clock: clock);

    private sealed class NullName : IReadOnlyDictionary<string, string>
    {
        public int Count => 1;

        public IEnumerable<string> Keys => [null!];

        public IEnumerable<string> Values => ["v"];

        public string this[string key] => "v";

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, out string value)
        {
            value = "v";
            return true;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        {
            yield return new(null!, "v");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
