using System.Buffers;
using System.Security.Cryptography;

namespace PresignKit.Tests;

/// <summary>No other test runs in parallel with this one, because all tests of the process share the array pool.</summary>
[Collection(nameof(ArrayPoolTests))]
[CollectionDefinition(nameof(ArrayPoolTests), DisableParallelization = true)]
public class ArrayPoolTests
{
    // The pool returns the same arrays to the same thread, so the test finds any secret that signing did not zero.
    [Fact]
    public void ArrayPool_AfterSigning_ContainsNoSecret()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(40));
        Marker[] markers = [new("key", key), new("secret", secret), new("token", token)];
        S3Presigner presigner = TestPresigner.Of(new S3Credentials("AKPRESIGNKITTEST", secret, token));
        PresignedUrl url = presigner.Presign(new PutObject("key") { SseCustomerKey = new SseCustomerKey(key) });
        presigner.PresignPost(new PostPolicy(PostKey.Exact("key")) { SseCustomerKey = new SseCustomerKey(key) });
        presigner.Resign(url.Url, HttpMethod.Put, new ResignChanges { Headers = [.. url.RequiredHeaders] }).Url.Should().Be(url.Url);

        List<string> found = [];
        for (int size = 16; size <= 1 << 16; size *= 2)
        {
            byte[][] arrays = [.. Enumerable.Range(0, 3).Select(_ => ArrayPool<byte>.Shared.Rent(size))];
            found.AddRange(
                from array in arrays
                let text = Marker.Latin1(array)
                from marker in markers
                where marker.IsIn(text)
                select $"{marker.Name} '{marker.Text}' in an array of {array.Length}: {Convert.ToHexString(array)}");
            Array.ForEach(arrays, array => ArrayPool<byte>.Shared.Return(array));
        }

        found.Should().BeEmpty();
    }
}
