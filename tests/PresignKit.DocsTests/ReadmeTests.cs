using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The code of README.md.</summary>
public class ReadmeTests
{
    [Fact]
    public void FirstBlocks_InAHost_CreateALinkAndAnUpload()
    {
        HostApplicationBuilder builder = Builder();

        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"),      // AccessKeyId, SecretAccessKey
                                      o => { o.UseDigitalOceanSpaces("nyc3"); o.Bucket = "my-space"; });

        using IHost host = builder.Build();
        IPresigner presigner = host.Services.GetRequiredService<IPresigner>();

        string link = presigner.Presign(new GetObject("reports/2026.pdf") { ExpiresIn = TimeSpan.FromHours(1) }).Url;

        PresignedUrl upload = presigner.Presign(new PutObject("photos/1.jpg") { ContentType = "image/jpeg" });
        // upload.Url, upload.Method, upload.RequiredHeaders (send them all), upload.ExpiresAt

        Example.Wrapped(link).ShouldBeShownAs("""
            https://my-space.nyc3.digitaloceanspaces.com/reports/2026.pdf
              ?X-Amz-Algorithm=AWS4-HMAC-SHA256
              &X-Amz-Credential=DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_request
              &X-Amz-Date=20260314T150926Z
              &X-Amz-Expires=3600
              &X-Amz-SignedHeaders=host
              &X-Amz-Signature=122a1b13d6221d9936b1894edf7311b470aa7d69d2a4b6982a8948f273422597
            """);
        upload.RequiredHeaders.Should().Equal(new Dictionary<string, string> { ["content-type"] = "image/jpeg" });
    }

    [Fact]
    public void Form_WithLimits_IsJsonForAScript()
    {
        S3Presigner presigner = Example.Presigner();

        // 1 byte to 5 MiB of PNG, under the name of the user's file, in one folder
        PresignedPost post = presigner.PresignPost(new PostPolicy(PostKey.Prefix("user-42/"))
        {
            UseFileName = true,
            ContentType = "image/png",
            ContentLength = (1, 5 << 20),
            ExpiresIn = TimeSpan.FromMinutes(10),
        });
        string json = JsonSerializer.Serialize(post);       // url, fields, expiresAt: for a script. Or post.ToHtmlForm()

        using JsonDocument read = JsonDocument.Parse(json);
        read.RootElement.EnumerateObject().Select(one => one.Name).Should().Equal("url", "fields", "expiresAt");
        read.RootElement.GetProperty("fields").GetProperty("key").GetString().Should().Be("user-42/${filename}");
    }

    [Fact]
    public void Urls_ThatExist_AreReadChangedAndExplained()
    {
        S3Presigner presigner = Example.Presigner();
        string url = presigner.Presign(new GetObject("reports/2026.pdf")).Url;
        string bodyOfThe403 = ForbiddenTests.AnswerTo(url + "&foo=bar");
        using StringWriter log = new();

        string another = presigner.Resign(url, HttpMethod.Get, new() { SetQuery = [new("response-content-type", "text/plain")] }).Url;

        bool read = PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? info);      // info.Bucket, info.Key, info.ExpiresAt, …
        log.WriteLine(PresignedUrlInfo.Redact(url));                                 // credential, signature and token masked

        log.WriteLine(presigner.Explain(new GetObject("reports/2026.pdf")).CompareWith(bodyOfThe403));

        another.Should().Contain("response-content-type=text%2Fplain&");
        read.Should().BeTrue();
        info!.Key.Should().Be("reports/2026.pdf");
        log.ToString().Should().NotContain(url[(url.IndexOf("X-Amz-Signature=", StringComparison.Ordinal) + 16)..]).And.Contain("The store received the unsigned parameter 'foo'");
    }

    internal static HostApplicationBuilder Builder()
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Spaces:AccessKeyId"] = Example.AccessKeyId,
            ["Spaces:SecretAccessKey"] = Example.SecretAccessKey,
        });
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Example.Now));
        return builder;
    }
}
