using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class PublicApiTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private readonly LocalS3Bucket _bucket = fixture.CreateBucket().Store;

    [Fact]
    public void Buckets_Add_ReturnsNewOrExistingBucket()
    {
        LocalS3Bucket added = fixture.Server.Buckets.Add("api-b");
        added.Put("a", [1]);
        fixture.Server.Buckets.Add("api-a");

        fixture.Server.Buckets.Add("api-b").Keys.Should().Equal("a");
        fixture.Server.Buckets["api-b"].Name.Should().Be("api-b");
        fixture.Server.Buckets["api-b"].ToString().Should().Be("api-b");
        fixture.Server.Buckets.Contains("api-a").Should().BeTrue();
        fixture.Server.Buckets.TryGet("api-c", out LocalS3Bucket? missing).Should().BeFalse();
        missing.Should().BeNull();
        fixture.Server.Buckets.Select(bucket => bucket.Name).Should().BeInAscendingOrder(StringComparer.Ordinal).And.Contain(["api-a", "api-b"]);
    }

    [Fact]
    public void Buckets_MissingOrInvalidName_ThrowsWithRemedy()
    {
        fixture.Server.Invoking(server => server.Buckets["no-bucket"]).Should().Throw<KeyNotFoundException>().WithMessage("The bucket 'no-bucket' does not exist. Add it to LocalS3Options.Buckets, or call Buckets.Add(\"no-bucket\").");
        fixture.Server.Invoking(server => server.Buckets.Add("No_Bucket")).Should().Throw<ArgumentException>().WithMessage("'No_Bucket' is not a valid bucket name.*").WithParameterName("name");
        fixture.Server.Invoking(server => server.Buckets.Add(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Bucket_Put_CopiesTheContent()
    {
        byte[] content = Ascii("hello");

        LocalS3Object stored = _bucket.Put("a", content, "text/plain");
        content[0] = (byte)'j';

        stored.Content.ToArray().Should().Equal(Ascii("hello"));
        _bucket["a"].Content.ToArray().Should().Equal(Ascii("hello"));
        stored.Should().BeEquivalentTo(new { Key = "a", ETag = "\"5d41402abc4b2a76b9719d911017c592\"", ContentType = "text/plain", LastModified = fixture.Clock.GetUtcNow() });
        stored.Headers.Should().BeEmpty();
        stored.ToString().Should().Be("a (5 bytes)");
    }

    [Fact]
    public void Bucket_TryGetContainsDelete_ReflectTheObjects()
    {
        _bucket.Put("b", [2]);
        _bucket.Put("a", [1]);

        _bucket.Keys.Should().Equal("a", "b");
        _bucket.Contains("a").Should().BeTrue();
        _bucket.TryGet("a", out LocalS3Object? found).Should().BeTrue();
        found!.Content.ToArray().Should().Equal(1);
        _bucket.Delete("a").Should().BeTrue();
        _bucket.Delete("a").Should().BeFalse();
        _bucket.TryGet("a", out LocalS3Object? missing).Should().BeFalse();
        missing.Should().BeNull();
        _bucket.Invoking(bucket => bucket["a"]).Should().Throw<KeyNotFoundException>().WithMessage("*does not contain an object with the key 'a'. It contains 1 objects.");
    }

    [Fact]
    public void Bucket_InvalidKey_Throws()
    {
        _bucket.Invoking(bucket => bucket.Put("", [1])).Should().Throw<ArgumentException>();
        _bucket.Invoking(bucket => bucket.Put(new string('ä', 513), [1])).Should().Throw<ArgumentException>().WithParameterName("key");
        _bucket.Invoking(bucket => bucket.Put(new string('ä', 512), [1])).Should().NotThrow();
        _bucket.Invoking(bucket => bucket.Put("a\uD800", [1])).Should().Throw<ArgumentException>().WithMessage("The key contains a lone surrogate*").WithParameterName("key");
        _bucket.Invoking(bucket => bucket.TryGet(null!, out _)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task Bucket_Deleted_ThrowsInvalidOperation()
    {
        TestBucket bucket = fixture.CreateBucket();
        await bucket.SendAsync(new S3BucketRequest(HttpMethod.Delete)).StatusAsync(204);

        bucket.Store.Invoking(store => store.Put("a", [1])).Should().Throw<InvalidOperationException>().WithMessage($"The bucket '{bucket.Name}' was deleted.*");
        bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Bucket_ObjectFromARequest_HasItsHeaders()
    {
        TestBucket bucket = fixture.CreateBucket();
        await bucket.SendAsync(new PutObject("a") { CacheControl = "no-store", Metadata = new Dictionary<string, string> { ["user"] = "42" } }, new ByteArrayContent([1])).StatusAsync();

        LocalS3Object stored = bucket.Store["a"];
        bucket.Store.Put("a", [2]);

        stored.Headers["Cache-Control"].Should().Be("no-store");
        stored.Headers["X-Amz-Meta-User"].Should().Be("42");
        stored.ContentType.Should().BeNull();
        stored.Content.ToArray().Should().Equal([1], "later changes do not affect the copy");
    }

    [Fact]
    public async Task Bucket_LargeObject_IsReadFromItsFile()
    {
        byte[] content = new byte[200_000];
        new Random(4).NextBytes(content);
        TestBucket bucket = fixture.CreateBucket();
        await bucket.PutAsync("a", content).StatusAsync();

        bucket.Store["a"].Content.ToArray().Should().Equal(content);
    }
}
