using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class PostVerbTests : IDisposable
{
    private const string Folder = "s3://my-space/uploads/";

    private readonly FakeTool _tool = new FakeTool().WithKeys().WithVariable("AWS_ENDPOINT_URL_S3", "https://nyc3.digitaloceanspaces.com");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Post_Options_AreInThePolicyAsByTheLibrary()
    {
        await AssertPolicyAsync(new PostPolicy(PostKey.Exact("a.png")), "s3://my-space/a.png");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")), Folder);
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { UseFileName = true }, Folder, "--file-name");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ExpiresIn = TimeSpan.FromMinutes(5) }, Folder, "--expires-in", "5m");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ExpiresIn = TimeSpan.FromHours(2) }, Folder, "--until", "2026-03-14T17:09:26Z");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ContentLength = new ContentLengthRange(1, 5 << 20) }, Folder, "--size", "1..5MiB");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ContentLength = new ContentLengthRange(0, 5_000) }, Folder, "--size", "5KB");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ContentType = "image/png" }, Folder, "--content-type", "image/png");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ContentTypePrefix = "image/" }, Folder, "--content-type", "image/*");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { ContentTypePrefix = "" }, Folder, "--content-type", "*/*");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { Acl = "public-read", SuccessStatus = 201 }, Folder, "--acl", "public-read", "--success-status", "201");
        await AssertPolicyAsync(new PostPolicy(PostKey.Prefix("uploads/")) { SuccessRedirect = "https://x.example/done" }, Folder, "--success-redirect", "https://x.example/done");
        await AssertPolicyAsync(
            new PostPolicy(PostKey.Prefix("uploads/")) { Fields = [new("x-amz-meta-a", "1=2"), new("cache-control", "no-cache")] }, Folder, "--field", "x-amz-meta-a=1=2", "--field", "cache-control=no-cache");
    }

    [Fact]
    public async Task Post_OutputOptions_SelectTheForm()
    {
        PresignedPost post = Create(new PostPolicy(PostKey.Prefix("uploads/")) { ContentTypePrefix = "image/" });
        string file = Path.Combine(_tool.Home, "a.png");

        (await _tool.RunAsync("post", Folder, "--content-type", "image/*", "--html")).Should().Be(new ToolResult(0, post.ToHtmlForm(), ""));
        (await _tool.RunAsync("post", Folder, "--content-type", "image/*", "--json")).Output.Should().StartWith("{\"url\":\"https://my-space.nyc3.digitaloceanspaces.com/\",\"fields\":{");
        (await _tool.RunAsync("post", Folder, "--content-type", "image/*", "--curl", file)).Output
            .Should().Be(post.ToCurl(file, [new("Content-Type", "image/png"), new("key", "uploads/a.png")]) + "\n");
        (await _tool.RunAsync("post", Folder, "--content-type", "image/*", "--powershell", file)).Output
            .Should().Be(post.ToPowerShell(file, [new("Content-Type", "image/png"), new("key", "uploads/a.png")]) + "\n");
        (await _tool.RunAsync("post", Folder, "--html", "--curl", file)).Error.Should().Be("presign: --html and --curl cannot be combined. Specify only one of them.\n");
        (await _tool.RunAsync("post", Folder, "--content-type", "image/*", "--curl", "a.txt")).Should().Be(
            new ToolResult(2, "", "presign: The field 'Content-Type' is 'text/plain', but the policy requires that 'Content-Type' start with 'image/'. Specify a value that satisfies the condition.\n"));
    }

    [Fact]
    public async Task Post_Terminal_NotesTheLimitAndTheExpiry()
    {
        _tool.IsTerminal = true;

        (await _tool.RunAsync("post", Folder)).Error.Should().Be("presign: the form does not limit the size of the file; --size does\npresign: valid until 2026-03-14 16:09:26Z (1h)\n");
        (await _tool.RunAsync("post", Folder, "--size", "5MiB")).Error.Should().Be("presign: valid until 2026-03-14 16:09:26Z (1h)\n");
    }

    [Theory]
    [InlineData("5MiB..1")]
    [InlineData("..5")]
    [InlineData("1..")]
    [InlineData("5 MiB")]
    [InlineData("-1")]
    [InlineData("5m")]
    [InlineData("9999999999TiB")]
    public async Task Post_SizeNotValid_Returns2(string size) =>
        (await _tool.RunAsync("post", Folder, "--size", size)).Should().Be(
            new ToolResult(2, "", $"presign: --size: '{size}' is not a valid range of sizes. Use a maximum such as 5MiB, or a range such as 1..5MiB. The units are KiB, MiB, GiB, KB, MB and GB.\n"));

    [Theory]
    [InlineData("uploads/", "--field acl=x --acl private", "The field 'acl' is specified twice, by its own option or with --field. Specify it once.")]
    [InlineData("uploads/", "--field key=x", "The field 'key' is created from the address s3://BUCKET/KEY. Remove it.")]
    [InlineData("uploads/", "--field policy=x", "The field 'policy' is added automatically. Remove it.")]
    [InlineData("uploads/", "--field x-amz-acl=x", "The field 'x-amz-acl' is called 'acl' in a form. Use --acl.")]
    [InlineData("uploads/", "--field content-length-range=1", "The field 'content-length-range' is a condition, not a field. Use --size.")]
    [InlineData("uploads/", "--field =x", "--field: '=x' does not have a name. Use name=value.")]
    [InlineData("k", "--file-name", "--file-name requires a folder, but 'k' does not end with '/'. Add a '/', or remove the option.")]
    [InlineData("k", "--success-status ok", "--success-status: 'ok' is not a valid number. Use digits only.")]
    [InlineData("k", "--success-status 200 --success-redirect https://x.example/", "--success-status and --success-redirect cannot be combined, because stores redirect and ignore the status. Set only one of them.")]
    [InlineData("k", "--window 5m", "The option '--window' does not exist. See 'presign post --help'.")]
    [InlineData("k", "--curl", "--curl: The value is missing. Specify it after the option. See 'presign post --help'.")]
    [InlineData("k", "--provider b2 --region us-west-004", "Backblaze B2 does not accept POST forms. Use 'presign put' instead, with --content-length to limit the size of the upload.")]
    [InlineData(
        "a/${filename}", "--verbose",
        "The key 'a/${filename}' contains ${filename}, which the store replaces with the name of the file, so no upload could satisfy the policy. Use a folder that ends with '/', and --file-name.")]
    public async Task Post_ValueNotValid_Returns2(string key, string options, string error) =>
        (await _tool.RunAsync(["post", $"s3://my-space/{key}", .. options.Split(' ')])).Should().Be(new ToolResult(2, "", $"presign: {error}\n"));

    private static PresignedPost Create(PostPolicy policy)
    {
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = SampleUrls.AccessKeyId, SecretAccessKey = SampleUrls.Secret };
        options.UseDigitalOceanSpaces("nyc3");
        return new S3Presigner(options, new FakeTimeProvider(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero))).PresignPost(policy);
    }

    private async Task AssertPolicyAsync(PostPolicy policy, params string[] args)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new PresignedPostJsonConverter().Write(writer, Create(policy), new JsonSerializerOptions());
        }

        (await _tool.RunAsync(["post", .. args])).Should().Be(new ToolResult(0, Encoding.UTF8.GetString(json.ToArray()) + "\n", ""), "of {0}", string.Join(' ', args));
    }
}
