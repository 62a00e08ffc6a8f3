using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The settings that all pages use: a bucket, made-up keys and a fixed clock. They determine every URL on the pages.</summary>
internal static class Example
{
    public const string AccessKeyId = "DO00EXAMPLEKEY";
    public const string SecretAccessKey = "example/Secret+Key";

    public static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    public static PresignerOptions Options(Action<PresignerOptions>? configure = null)
    {
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = AccessKeyId, SecretAccessKey = SecretAccessKey };
        options.UseDigitalOceanSpaces("nyc3");
        configure?.Invoke(options);
        return options;
    }

    public static S3Presigner Presigner(Action<PresignerOptions>? configure = null, TimeProvider? clock = null) =>
        new(Options(configure), clock ?? new FakeTimeProvider(Now));

    /// <summary>Returns a URL as the pages show it, with one line per parameter.</summary>
    public static string Wrapped(string url) => url.Replace("?", "\n  ?", StringComparison.Ordinal).Replace("&", "\n  &", StringComparison.Ordinal);

    /// <summary>Returns a URL as the pages abbreviate it, without the parameters of the signature.</summary>
    public static string Short(string url)
    {
        string[] parts = url.Split('?', 2);
        return parts[0] + "?" + string.Concat(parts[1].Split('&').Where(one => !one.StartsWith("X-Amz-", StringComparison.Ordinal)).Select(one => one + "&")) + "X-Amz-…";
    }

    /// <summary>Compares a string with the string on a page and prints both in full if they differ.</summary>
    public static void ShouldBeShownAs(this string actual, string shown) =>
        (actual == shown).Should().BeTrue("the page shows\n{0}\nbut the result is\n<<<\n{1}\n>>>", shown, actual);
}
