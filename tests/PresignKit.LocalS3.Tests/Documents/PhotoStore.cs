namespace PresignKit.LocalS3.Tests.Documents;

public sealed class PhotoStore : IAsyncLifetime
{
    public LocalS3Server S3 { get; private set; } = null!;

    public async Task InitializeAsync() => S3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

    public async Task DisposeAsync() => await S3.DisposeAsync();
}
