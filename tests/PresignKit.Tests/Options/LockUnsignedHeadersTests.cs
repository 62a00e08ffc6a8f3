using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class LockUnsignedHeadersTests
{
    private const string Locked =
        "x-amz-acl%3Bx-amz-copy-source%3Bx-amz-grant-full-control%3Bx-amz-grant-read%3Bx-amz-grant-read-acp%3Bx-amz-grant-write%3Bx-amz-grant-write-acp";

    [Fact]
    public void Presign_Upload_SignsTheHeadersWithoutRequiringThem()
    {
        PresignedUrl upload = Locking().Presign(new PutObject("k") { ContentType = "text/plain" });

        upload.Parameter("X-Amz-SignedHeaders").Should().Be("content-type%3Bhost%3B" + Locked);
        upload.RequiredHeaders.Keys.Should().Equal("content-type");
    }

    [Fact]
    public void Presign_UploadWithAnAcl_LocksTheOtherHeaders()
    {
        PresignedUrl upload = Locking().Presign(new PutObject("k") { Acl = "private" });

        upload.Parameter("X-Amz-SignedHeaders").Should().Be("host%3B" + Locked);
        upload.RequiredHeaders.Should().ContainSingle().Which.Value.Should().Be("private");
    }

    [Fact]
    public void Presign_Download_IsNotLocked() =>
        Locking().Presign(new GetObject("k")).Parameter("X-Amz-SignedHeaders").Should().Be("host");

    [Fact]
    public void TryPresign_LockedUploadWithoutHeaders_Succeeds() =>
        Locking().TryPresign(new PutObject("k"), new char[1024], out int written).Should().BeTrue("{0} characters fit", written);

    [Fact]
    public void New_StoreThatIsNotCeph_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.Create(options =>
        {
            options.UseAws("eu-west-1");
            options.LockUnsignedHeaders = true;
        }))
        .Should().Throw<OptionsValidationException>().WithMessage("*LockUnsignedHeaders: LockUnsignedHeaders is for stores that run Ceph, but AWS S3 already rejects*with 403. Remove the setting*");

    private static S3Presigner Locking() => TestPresigner.Create(options => options.LockUnsignedHeaders = true);
}
