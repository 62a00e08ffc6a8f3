using Microsoft.Extensions.Time.Testing;
using PresignKit;
using PresignKit.LocalS3;

namespace WebApi.Tests;

/// <summary>The ways in docs/testing.md to test a class that needs an <see cref="IPresigner"/>.</summary>
public class InvoiceMailTests
{
    [Fact]
    public void Write_FakePresigner_AsksForTheInvoice()
    {
        FakePresigner presigner = new();

        string mail = new InvoiceMail(presigner).Write(7);

        Assert.Equal("Your invoice, until 1970-01-01: https://store.test/object", mail);
        Assert.Equal(new GetObject("invoices/7.pdf") { ExpiresIn = TimeSpan.FromDays(7) }, Assert.Single(presigner.Operations));
    }

    [Fact]
    public void Write_RealPresignerAndFixedClock_HoldsTheWholeUrl()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "DO00EXAMPLEKEY", SecretAccessKey = "secret" };
        options.UseDigitalOceanSpaces("nyc3");
        S3Presigner presigner = new(options, clock);

        string mail = new InvoiceMail(presigner).Write(7);

        Assert.Equal(
            "Your invoice, until 2026-03-21: https://my-space.nyc3.digitaloceanspaces.com/invoices/7.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=604800"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=606fd20bc9f2e0383b98fc7ed641f51d674d068926fbebd850f02ec739fa14ac",
            mail);
    }
    [Fact]
    public async Task Write_LocalStore_LinksToTheInvoice()
    {
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("my-space"));
        s3.Buckets["my-space"].Put("invoices/7.pdf", "%PDF-1.7"u8, "application/pdf");

        string mail = new InvoiceMail(s3.CreatePresigner("my-space")).Write(7);

        using HttpClient http = s3.CreateHttpClient();
        string link = mail[mail.IndexOf("http://", StringComparison.Ordinal)..];
        Assert.Equal("%PDF-1.7", await http.GetStringAsync(link));
    }
}
