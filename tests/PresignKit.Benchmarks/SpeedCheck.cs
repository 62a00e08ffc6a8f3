using System.Globalization;

namespace PresignKit.Benchmarks;

/// <summary>
/// Checks in CI how long each piece of work takes compared with the hashes alone and how many bytes it allocates, and prints a table. The bounds tolerate noise but not a regression.
/// </summary>
internal static class SpeedCheck
{
    private const int Tries = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    /// <summary>Runs the rows whose names contain the filter and returns the number of rows that fail.</summary>
    public static int Run(string filter)
    {
        Console.WriteLine("| work | times the hashes | at most | bytes | at most |\n| --- | ---: | ---: | ---: | ---: |");
        return Rows().Where(row => row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).Count(row => !Passes(row));
    }

    private static bool Passes(Row row)
    {
        double ratio = double.MaxValue;
        for (int i = 0; i < Tries && ratio > row.MaxRatio; i++)
        {
            // Retries only a row that exceeds its bound, because another program may have interfered.
            ratio = Math.Min(ratio, Ratio.Of(row.Work, row.Baseline, WarmUp, Time));
        }

        long bytes = Ratio.BytesOf(row.Work);
        bool passes = ratio <= row.MaxRatio && bytes <= row.MaxBytes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {row.Name} | {ratio:0.00} | {row.MaxRatio:0.0} | {bytes} | {row.MaxBytes} |{(passes ? "" : " FAILED")}"));
        return passes;
    }

    private static IEnumerable<Row> Rows()
    {
        S3Presigner presigner = Work.CreatePresigner();
        char[] chars = new char[4096];
        byte[] utf8 = new byte[4096];
        foreach ((string name, GetObject operation, double max) in new[] { ("medium key", Work.Medium, 1.6), ("Unicode key", Work.Unicode, 1.8), ("overrides", Work.Overrides, 1.8) })
        {
            HashesAlone hashes = new(operation);
            string url = presigner.Presign(operation).Url;
            yield return new Row($"Presign, {name}", max, BytesOf(url) + Work.BytesOfResult, () => presigner.Presign(operation), () => hashes.Sign());
            yield return new Row($"TryPresign, {name}", max, 0, () => presigner.TryPresign(operation, chars, out _), () => hashes.Sign());
            yield return new Row($"TryPresign to UTF-8, {name}", max, 0, () => presigner.TryPresign(operation, utf8, out _), () => hashes.Sign());
        }

        HashesAlone overrides = new(Work.Overrides);
        yield return new Row("Presign, overrides created for each URL", 2.0, 1448, () => presigner.Presign(Work.Overrides with { ResponseHeaders = Work.Overrides.ResponseHeaders! with { } }), () => overrides.Sign());

        PutObject upload = Work.Upload;
        HashesAlone put = new(upload);
        yield return new Row("Presign, PUT with content type and two metadata entries", 2.4, 1384, () => presigner.Presign(upload), () => put.Sign());

        // The next two rows are compared with a presigner that has one set of credentials and one bucket.
        S3Presigner one = Work.CreatePresigner(1);
        S3Presigner two = Work.CreatePresigner(2);
        yield return new Row("Presign, alternating between two credentials, compared with one", 1.4, 816, () => two.Presign(Work.Medium), () => one.Presign(Work.Medium));
        GetObject elsewhere = Work.Medium with { Bucket = "my-other-space" };
        yield return new Row("Presign, the operation's bucket, compared with the options' bucket", 1.3, 832, () => presigner.Presign(elsewhere), () => presigner.Presign(Work.Medium));

        HashesAlone medium = new(Work.Medium);
        string link = presigner.Presign(Work.Medium).Url;
        PresignedUrlVerifier verifier = Work.CreateVerifier();
        yield return new Row("Verify", 2.6, 500, () => Verify(verifier, link), () => medium.IsSigned());
        yield return new Row("Verify, then bucket and key", 3.5, 1024, () => VerifyAndLocate(verifier, link), () => medium.IsSigned());
        string[] week = [.. Enumerable.Range(0, 7).Select(days => Work.CreatePresigner(new DaysAgo(days)).Presign(Work.Medium with { ExpiresIn = TimeSpan.FromDays(7) }).Url)];
        int turn = 0;
        yield return new Row("Verify, alternating between links from seven days", 2.8, 500, () => Verify(verifier, week[turn++ % week.Length]), () => medium.IsSigned());
        yield return new Row("Verify, twelve browser headers", 3, 600, () => Verify(verifier, link, Work.BrowserHeaders), () => medium.IsSigned());
        yield return new Row("Resign", 6, 4096, () => presigner.Resign(link, HttpMethod.Get), () => medium.Sign());
        yield return new Row("TryParse", 1.2, 500, () => _ = PresignedUrlInfo.TryParse(link, out PresignedUrlInfo? _), () => medium.Sign());
        PostHashesAlone form = new(presigner.PresignPost(Work.Form));
        yield return new Row("PresignPost", 2.4, 1664, () => presigner.PresignPost(Work.Form), () => form.Sign());
    }

    private static void Verify(PresignedUrlVerifier verifier, string url, KeyValuePair<string, string>[]? headers = null)
    {
        if (verifier.Verify(HttpMethod.Get, url, headers).Status != PresignedUrlVerificationStatus.Valid)
        {
            throw new InvalidOperationException($"{url} is not valid, so the benchmark does not measure a successful verification.");
        }
    }

    private static void VerifyAndLocate(PresignedUrlVerifier verifier, string url)
    {
        PresignedUrlVerificationResult result = verifier.Verify(HttpMethod.Get, url, null);
        if (!result.IsValid || result.Url.Bucket != Work.Bucket || result.Url.Key != Work.MediumKey)
        {
            throw new InvalidOperationException($"{url} does not verify as the URL of the expected object, so the benchmark does not measure a successful verification.");
        }
    }

    // The size of a string: its header and length, its characters and a terminator, rounded up to a multiple of 8.
    private static long BytesOf(string text) => (22 + text.Length * sizeof(char) + 7) / 8 * 8;

    private sealed class DaysAgo(int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(-days);
    }

    private sealed record Row(string Name, double MaxRatio, long MaxBytes, Action Work, Action Baseline);
}
