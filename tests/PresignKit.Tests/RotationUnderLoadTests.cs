using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.Tests;

/// <summary>Two threads sign while options are reloaded, credentials rotate and days pass. Each URL must consistently use one store, one day and one key.</summary>
public class RotationUnderLoadTests
{
    private const int SignaturesPerThread = 1_000_000;

    // Each store has its own bucket and key. The last two do not have a key. They use the provider's credentials, which rotate independently.
    private static readonly Store[] Stores =
    [
        new("nyc3", "bucket-0", "KEY0"), new("ams3", "bucket-1", "KEY1"), new("nyc3", "bucket-2", "KEY2"), new("sgp1", "bucket-3", null), new("ams3", "bucket-4", null),
    ];

    private readonly LeapingClock _clock = new();
    private int _rotation;
    private int _asked;

    [Fact]
    [Trait("Category", "Load")]
    public void Presign_OptionsChangeAndMidnightPasses_SignsEveryUrlForTheStoreKeyAndDayThatItNames()
    {
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Store"));
                s.AddSingleton<TimeProvider>(_clock);
                s.AddSingleton<IS3CredentialsProvider>(new FakeProvider(_ => new(Rotating())));
            },
            Stores[0].Configuration());
        S3Presigner presigner = services.Presigner;
        Signer[] signers = [new(presigner), new(presigner)];
        Thread[] threads = [.. signers.Select(signer => new Thread(signer.Run))];

        Array.ForEach(threads, thread => thread.Start());
        int reloads = 0;
        while (threads.Any(thread => thread.IsAlive))
        {
            foreach ((string name, string? value) in Stores[++reloads % Stores.Length].Configuration())
            {
                services.Set(name, value);
            }

            services.Reload();
            Interlocked.Increment(ref _rotation);
            _clock.Leap();
            Thread.Sleep(1);
        }

        signers.Select(signer => signer.Failure).Should().AllBeEquivalentTo<Exception?>(null);
        foreach (Signer signer in signers)
        {
            signer.Signed.Should().Be(TestScale.Of(SignaturesPerThread));
            signer.Seen.Should().HaveCount(Stores.Length, "each thread must sign for every store");
            signer.Days.Should().HaveCountGreaterThan(20);
        }

        reloads.Should().BeGreaterThan(200);
    }

    // Slow from time to time, so that the options are reloaded in the middle of a signature.
    private S3Credentials Rotating()
    {
        if (Interlocked.Increment(ref _asked) % 5_000 == 0)
        {
            Thread.Sleep(3);
        }

        string accessKeyId = "ROTATED" + Volatile.Read(ref _rotation).ToString(CultureInfo.InvariantCulture);
        return new S3Credentials(accessKeyId, SecretOf(accessKeyId));
    }

    private static string SecretOf(string accessKeyId) => "secret-of-" + accessKeyId;

    private sealed record Store(string Region, string Bucket, string? AccessKeyId)
    {
        /// <summary>The start of this store's URLs.</summary>
        public string Start { get; } = $"https://{Bucket}.{Region}.digitaloceanspaces.com/";

        public (string, string)[] Configuration() =>
        [
            ("Store:Endpoint", $"https://{Region}.digitaloceanspaces.com"), ("Store:Bucket", Bucket),
            ("Store:AccessKeyId", AccessKeyId!), ("Store:SecretAccessKey", AccessKeyId is null ? null! : SecretOf(AccessKeyId)),
        ];
    }

    /// <summary>Presigns URLs and checks each of them.</summary>
    private sealed class Signer(S3Presigner presigner)
    {
        private readonly FastVerifier _verifier = new();

        public Exception? Failure { get; private set; }

        public int Signed { get; private set; }

        public HashSet<Store> Seen { get; } = [];

        public HashSet<string> Days { get; } = [];

        public void Run()
        {
            try
            {
                GetObject operation = new("reports/2026.pdf");
                for (; Signed < TestScale.Of(SignaturesPerThread); Signed++)
                {
                    Check(presigner.Presign(operation).Url);
                }
            }
            catch (Exception e)
            {
                Failure = e;
            }
        }

        private void Check(string url)
        {
            string[] credential = FastVerifier.Value(url, "X-Amz-Credential").Split("%2F");
            Store? store = Array.Find(Stores, store => url.StartsWith(store.Start, StringComparison.Ordinal));
            string accessKeyId = credential[0];
            bool isOfOne = store is not null
                && (store.AccessKeyId ?? "ROTATED") == (store.AccessKeyId is null ? accessKeyId[..7] : accessKeyId)
                && credential[2] == store.Region
                && FastVerifier.Value(url, "X-Amz-Date").StartsWith(credential[1] + "T", StringComparison.Ordinal);
            string expected = _verifier.Signature(url, SecretOf(accessKeyId));

            // The independent signer parses the URL from scratch. It checks the fast verifier once every 1,000 URLs.
            bool isAgreed = Signed % 1_000 != 0
                || IndependentSigner.Signature("GET", url, new Dictionary<string, string>(), SecretOf(accessKeyId)) == expected;
            if (!isOfOne || !isAgreed || !url.EndsWith("&X-Amz-Signature=" + expected, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The URL mixes old and new values, or its signature is wrong: {url}");
            }

            Seen.Add(store!);
            Days.Add(credential[1]);
        }
    }

    /// <summary>A thread-safe clock that jumps 97 minutes at a time, so that each midnight falls on a different store and key.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ticks = TestPresigner.Now.UtcTicks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

        public void Leap() => Interlocked.Add(ref _ticks, TimeSpan.FromMinutes(97).Ticks);
    }
}
