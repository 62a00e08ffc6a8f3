using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Minio;
using Minio.DataModel.Args;
using PresignKit.ArchitectureTests;

namespace PresignKit.DocsTests;

/// <summary>The table in README.md: each cell for a .NET library is computed by a call, and the cells for boto3 and the AWS CLI are the output of Peers/peers.py.</summary>
[Trait("Category", "Peers")]
public class PeerTests
{
    private const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const int Day = 86_400;

    private static readonly Dictionary<string, Func<string[]>> Cells = new()
    {
        ["default signature for AWS"] = () => [Version(Ours("a")), Version(Sdk("a")), Version(MinioUrl("a"))],
        ["host of eu-west-1"] = () => [Host(Ours("a")), Host(Sdk("a")), Host(MinioUrl("a"))],
        ["endpoint `http://…`"] = () => [Scheme(Ours("a", at: "http://127.0.0.1:9000")), Scheme(Sdk("a", at: "http://127.0.0.1:9000")), Scheme(MinioUrl("a", at: "127.0.0.1:9000"))],
        ["expiry of 0 s, −5 s"] = () => [Outcome(e => Ours("a", e), 0, -5), Outcome(e => Sdk("a", e), 0, -5), Outcome(e => MinioUrl("a", e), 0, -5)],
        ["expiry of 8 days"] = () => [Outcome(e => Ours("a", e), 8 * Day), Version(Sdk("a", 8 * Day)), Outcome(e => MinioUrl("a", e), 8 * Day)],
        ["7 days, with credentials for 1 hour"] = () => [Outcome(OursOfARole, 7 * Day), Outcome(SdkOfARole, 7 * Day), Outcome(MinioOfARole, 7 * Day)],
        ["key `/a`, path style"] = () => [LeadingSlash(Ours("/a", at: "http://127.0.0.1:9000")), LeadingSlash(Sdk("/a", at: "http://127.0.0.1:9000")), LeadingSlash(MinioUrl("/a", at: "127.0.0.1:9000"))],
        ["key `a/../b`"] = () => [DotSegment(() => Ours("a/../b")), DotSegment(() => Sdk("a/../b")), DotSegment(() => MinioUrl("a/../b"))],
        ["response overrides"] = () => [Overridden(OursOverridden()), Overridden(SdkOverridden()), Overridden(MinioOverridden())],
        ["forms with a size limit"] = () => [Limited(OurForm()), Limited(SdkForm()), Limited(MinioForm())],
        ["result has the headers to send"] = () => [Returned(typeof(IPresigner)), Returned(typeof(AmazonS3Client)), Returned(typeof(MinioClient))],
        ["verifies, re-signs, explains URLs"] = () => [OursIsRead(Ours("a")), Reads(typeof(AmazonS3Client)), Reads(typeof(MinioClient))],
        ["under th-TH"] = () => InThailand(() => [Years(Ours("a"), OurForm()), Years(Sdk("a"), SdkForm()), Years(MinioUrl("a"), MinioForm())]),
        ["assemblies in addition to ASP.NET Core's"] = () => [Assemblies("PresignKit"), Assemblies("AWSSDK.S3"), Assemblies("Minio")],
    };

    public static TheoryData<string> Rows => [.. Cells.Keys];

    [Fact]
    public void Table_Rows_AreThese() => Table().Select(row => row[0]).Should().Equal(Cells.Keys);

    [Fact]
    public void Table_Rows_AreExplained() => Page.Rows("docs/peers.md").Select(row => row[0]).Should().Equal(Cells.Keys);

    [Fact]
    public void Table_Head_NamesTheTestedVersions()
    {
        using JsonDocument peers = Peers();
        string head = Repository.Read("README.md").Split('\n').Single(line => line.StartsWith("| | PresignKit |", StringComparison.Ordinal));

        head.Should().Be($"| | PresignKit | AWSSDK.S3 {VersionOf(typeof(AmazonS3Client))} | Minio {VersionOf(typeof(MinioClient))} "
            + $"| boto3 {peers.RootElement.GetProperty("versions").GetProperty("boto3")} | `aws s3 presign` {peers.RootElement.GetProperty("versions").GetProperty("cli")} |");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Table_Row_IsWhatTheLibrariesDo(string row)
    {
        using JsonDocument peers = Peers();
        string[] others = [.. peers.RootElement.GetProperty("table").GetProperty(row).EnumerateArray().Select(cell => cell.GetString()!)];

        Table().Single(cells => cells[0] == row)[1..].Should().Equal([.. Cells[row](), .. others]);
    }

    private static IEnumerable<string[]> Table() => Page.Rows("README.md").Where(row => row.Length == 6);

    private static JsonDocument Peers() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Peers", "peers.json")));

    private static string Ours(string key, int seconds = 3600, string? at = null) =>
        Presigner(at).Presign(new GetObject(key) { Bucket = "my-bucket", ExpiresIn = TimeSpan.FromSeconds(seconds) }).Url;

    private static S3Presigner Presigner(string? at = null)
    {
        PresignerOptions options = new() { AccessKeyId = AccessKeyId, SecretAccessKey = SecretAccessKey };
        options.UseAws("eu-west-1");
        if (at is not null)
        {
            (options.Endpoint, options.Region) = (at, "us-east-1");
        }

        return new S3Presigner(options);
    }

    private static string OursOfARole(int seconds)
    {
        PresignerOptions options = new() { Bucket = "my-bucket" };
        options.UseAws("eu-west-1");
        options.UseCredentials(new S3Credentials(AccessKeyId, SecretAccessKey, "token", DateTimeOffset.UtcNow.AddHours(1)));
        return new S3Presigner(options).Presign(new GetObject("a") { ExpiresIn = TimeSpan.FromSeconds(seconds) }).Url;
    }

    private static string OursOverridden() => Presigner().Presign(new GetObject("a") { Bucket = "my-bucket", ResponseHeaders = new() { ContentType = "text/plain" } }).Url;

    private static IEnumerable<KeyValuePair<string, string>> OurForm() =>
        Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")) { Bucket = "my-bucket", ContentLength = (1, 100) }).Fields;

    private static string Sdk(string key, int seconds = 3600, string? at = null, AWSCredentials? credentials = null, Amazon.S3.Model.ResponseHeaderOverrides? overrides = null)
    {
        using AmazonS3Client client = Client(at, credentials);
        return client.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = "my-bucket",
            Key = key,
            Verb = HttpVerb.GET,
            Expires = DateTime.UtcNow.AddSeconds(seconds),
            ResponseHeaderOverrides = overrides ?? new(),
        });
    }

    private static AmazonS3Client Client(string? at = null, AWSCredentials? credentials = null)
    {
        AmazonS3Config config = new() { RegionEndpoint = RegionEndpoint.EUWest1 };
        if (at is not null)
        {
            config = new() { ServiceURL = at, AuthenticationRegion = "us-east-1", ForcePathStyle = true };
        }

        return new AmazonS3Client(credentials ?? new BasicAWSCredentials(AccessKeyId, SecretAccessKey), config);
    }

    private static string SdkOfARole(int seconds) => Sdk("a", seconds, credentials: new Role());

    private static string SdkOverridden() => Sdk("a", overrides: new() { ContentType = "text/plain" });

    private static Dictionary<string, string> SdkForm()
    {
        using AmazonS3Client client = Client();
        return client.CreatePresignedPost(new CreatePresignedPostRequest
        {
            BucketName = "my-bucket",
            Key = "a",
            Expires = DateTime.UtcNow.AddHours(1),
            Conditions = [S3PostCondition.ContentLengthRange(1, 100)],
        }).Fields;
    }

    private static string MinioUrl(string key, int seconds = 3600, string? at = null, string? token = null, Dictionary<string, string>? query = null)
    {
        using IMinioClient client = MinioAt(at, token);
        PresignedGetObjectArgs args = new PresignedGetObjectArgs().WithBucket("my-bucket").WithObject(key).WithExpiry(seconds);
        return client.PresignedGetObjectAsync(query is null ? args : args.WithHeaders(query)).GetAwaiter().GetResult();
    }

    private static IMinioClient MinioAt(string? at = null, string? token = null)
    {
        IMinioClient client = new MinioClient().WithEndpoint(at ?? "s3.eu-west-1.amazonaws.com").WithRegion(at is null ? "eu-west-1" : "us-east-1")
            .WithCredentials(AccessKeyId, SecretAccessKey).WithSSL(at is null);
        return (token is null ? client : client.WithSessionToken(token)).Build();
    }

    private static string MinioOfARole(int seconds) => MinioUrl("a", seconds, token: "token");

    private static string MinioOverridden() => MinioUrl("a", query: new() { ["response-content-type"] = "text/plain" });

    private static IDictionary<string, string> MinioForm()
    {
        using IMinioClient client = MinioAt();
        Minio.DataModel.PostPolicy policy = new();
        policy.SetBucket("my-bucket");
        policy.SetKey("a");
        policy.SetExpires(DateTime.UtcNow.AddHours(1));
        policy.SetContentRange(1, 100);
        return client.PresignedPostPolicyAsync(policy).GetAwaiter().GetResult().Item2;
    }

    private static string Version(string url) => url.Contains("X-Amz-Signature=", StringComparison.Ordinal) ? "SigV4" : url.Contains("&Signature=", StringComparison.Ordinal) ? "SigV2" : url;

    private static string Host(string url) => new Uri(url).Host.EndsWith("s3.eu-west-1.amazonaws.com", StringComparison.Ordinal) ? "regional" : new Uri(url).Host;

    private static string Scheme(string url) => new Uri(url).Scheme;

    private static string Outcome(Func<int, string> presign, params int[] seconds)
    {
        int rejected = 0;
        foreach (int one in seconds)
        {
            try
            {
                Version(presign(one)).Should().Be("SigV4");
            }
            catch (Exception e) when (e is ArgumentException or Minio.Exceptions.MinioException)
            {
                rejected++;
            }
        }

        return rejected == 0 ? "signed" : rejected == seconds.Length ? "rejected" : "some";
    }

    private static string LeadingSlash(string url) => url.Split('?')[0].Split(":9000")[1] switch
    {
        "/my-bucket//a" => "kept",
        "/my-bucket/a" => "signs `a`",
        var other => other,
    };

    private static string DotSegment(Func<string> presign)
    {
        try
        {
            return presign().Split('?')[0] is var address && address.EndsWith("/a/../b", StringComparison.Ordinal) ? "signed" : address.Contains("/a/", StringComparison.Ordinal) ? address : "signs `b`";
        }
        catch (ArgumentException)
        {
            return "rejected";
        }
    }

    private static string Overridden(string url) => url.Contains("response-content-type=text%2Fplain", StringComparison.Ordinal) ? "yes" : "no";

    private static string Limited(IEnumerable<KeyValuePair<string, string>> form) => PolicyOf(form).Contains("content-length-range", StringComparison.Ordinal) ? "yes" : "no";

    private static string PolicyOf(IEnumerable<KeyValuePair<string, string>> form) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(form.Single(field => field.Key.Equals("policy", StringComparison.OrdinalIgnoreCase)).Value));

    // Whether a method that presigns returns headers or only a string.
    private static string Returned(Type type) => Methods(type).Where(method => !method.Name.Contains("Post", StringComparison.Ordinal))
        .Any(method => Awaited(method.ReturnType).GetProperties().Any(property => typeof(IEnumerable<KeyValuePair<string, string>>).IsAssignableFrom(property.PropertyType))) ? "yes" : "no";

    private static Type Awaited(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? type.GetGenericArguments()[0] : type;

    private static string OursIsRead(string url)
    {
        PresignedUrlVerifier verifier = new(_ => new S3Credentials(AccessKeyId, SecretAccessKey));
        string changed = Presigner().Resign(url, HttpMethod.Get, new() { SetQuery = [new("response-content-type", "text/plain")] }).Url;
        bool isRead = verifier.Verify(HttpMethod.Get, url, []) is { IsValid: true, Url.Key: "a" } && verifier.Verify(HttpMethod.Get, changed, []).IsValid
            && verifier.Verify(HttpMethod.Put, url, []).Status == PresignedUrlVerificationStatus.SignatureMismatch
            && SignatureExplanation.Of(HttpMethod.Get, url).CanonicalRequest.StartsWith("GET\n/a\n", StringComparison.Ordinal);
        return isRead ? "yes" : "no";
    }

    // A signing method that has a URL as a parameter reads the URL. All other signing methods create a URL.
    private static string Reads(Type type) =>
        Methods(type).Any(method => method.GetParameters().Any(parameter => parameter.Name?.EndsWith("url", StringComparison.OrdinalIgnoreCase) == true)) ? "yes" : "no";

    private static IEnumerable<MethodInfo> Methods(Type type) => type.GetMethods().Concat(type.GetInterfaces().SelectMany(one => one.GetMethods()))
        .Where(method => method.Name.Contains("sign", StringComparison.OrdinalIgnoreCase));

    private static string[] InThailand(Func<string[]> compute)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
        try
        {
            return compute();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Years(string url, IEnumerable<KeyValuePair<string, string>> form) =>
        IsFarAhead(url, "%2F") ? "URLs dated 543 years ahead" : IsFarAhead(PolicyOf(form), "\"expiration\":\"") ? "forms that expire in 543 years" : "correct";

    private static bool IsFarAhead(string text, string before) =>
        int.Parse(text.AsSpan(text.IndexOf(before, StringComparison.Ordinal) + before.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture) > DateTime.UtcNow.Year + 500;

    // This program's .deps.json lists the assemblies of each package and of its dependencies.
    private static string Assemblies(string package)
    {
        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PresignKit.DocsTests.deps.json")));
        Dictionary<string, JsonElement> packages = written.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
            .ToDictionary(one => one.Name.Split('/')[0], one => one.Value);
        HashSet<string> found = [];
        Collect(package);
        return found.Sum(name => packages[name].GetProperty("runtime").EnumerateObject().Count()).ToString(CultureInfo.InvariantCulture);

        void Collect(string name)
        {
            if (name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || !packages[name].TryGetProperty("runtime", out _) || !found.Add(name))
            {
                return;
            }

            if (packages[name].TryGetProperty("dependencies", out JsonElement dependencies))
            {
                foreach (JsonProperty dependency in dependencies.EnumerateObject())
                {
                    Collect(dependency.Name);
                }
            }
        }
    }

    // The version of the package, such as 4.1.0.
    private static string VersionOf(Type type) => FormattableString.Invariant($"{FileVersion(type).FileMajorPart}.{FileVersion(type).FileMinorPart}.{FileVersion(type).FileBuildPart}");

    private static System.Diagnostics.FileVersionInfo FileVersion(Type type) => System.Diagnostics.FileVersionInfo.GetVersionInfo(type.Assembly.Location);

    /// <summary>Credentials of a role that expire in one hour.</summary>
    private sealed class Role : RefreshingAWSCredentials
    {
        protected override CredentialsRefreshState GenerateNewCredentials() => new(new ImmutableCredentials(AccessKeyId, SecretAccessKey, "token"), DateTime.UtcNow.AddHours(1));

        protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());
    }
}
