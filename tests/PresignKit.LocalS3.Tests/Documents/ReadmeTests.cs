using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The example in README.md and docs/local-s3.md.</summary>
public class ReadmeTests
{
    [Fact]
    public async Task Example_LinkThatExpires_IsRejectedAfterOneHour()
    {
        byte[] bytes = [0x89, 0x50, 0x4E, 0x47];

        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.TimeProvider = clock;
        });
        IPresigner presigner = s3.CreatePresigner("photos");
        using HttpClient http = s3.CreateHttpClient();
        s3.Buckets["photos"].Put("a.png", bytes, "image/png");

        PresignedUrl link = presigner.Presign(new GetObject("a.png") { ExpiresIn = TimeSpan.FromHours(1) });
        (await http.GetAsync(link.Url)).StatusCode.Should().Be(HttpStatusCode.OK);

        clock.Advance(TimeSpan.FromHours(1));
        (await http.GetAsync(link.Url)).StatusCode.Should().Be(HttpStatusCode.Forbidden);      // without waiting
        s3.Requests[^1].Error!.Message.Should().Be("Request has expired");
    }
}
