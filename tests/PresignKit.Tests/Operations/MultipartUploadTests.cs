using System.Text;

namespace PresignKit.Tests;

public class MultipartUploadTests
{
    [Fact]
    public async Task PresignUploadParts_ThreeFromTheSecond_NumbersThem()
    {
        UploadPart first = new("k", "id", 2) { Bucket = "other", ExpiresIn = TimeSpan.FromMinutes(5) };

        IReadOnlyList<PresignedUrl> urls = Presigned.With.PresignUploadParts(first, 3);
        IReadOnlyList<PresignedUrl> same = await Presigned.With.PresignUploadPartsAsync(first, 3);

        urls.Select(url => url.Url).Should().Equal(
            Presigned.Of(first).Url, Presigned.Of(first with { PartNumber = 3 }).Url, Presigned.Of(first with { PartNumber = 4 }).Url);
        same.Select(url => url.Url).Should().Equal(urls.Select(url => url.Url));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 10001)]
    [InlineData(10000, 2)]
    public void PresignUploadParts_CountOutOfRange_IsRejected(int firstNumber, int count) =>
        FluentActions.Invoking(() => Presigned.With.PresignUploadParts(new UploadPart("k", "id", firstNumber), count)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void PresignUploadParts_ChecksumOfOnePartForSeveral_IsRejected()
    {
        UploadPart part = new("k", "id", 1) { Checksum = new(ChecksumAlgorithm.Crc32, new byte[4]) };

        FluentActions.Invoking(() => Presigned.With.PresignUploadParts(part, 2)).Should().Throw<ArgumentException>().WithMessage("*each part separately*");
        Presigned.With.PresignUploadParts(part, 1).Should().ContainSingle();
    }

    [Fact]
    public void CompleteMultipartUpload_CreateBody_IsTheXmlOfS3() => Encoding.UTF8.GetString(CompleteMultipartUpload.CreateBody(
    [
        new CompletedPart(1, "\"a<b\""), new CompletedPart(3, "c") { Checksum = new(ChecksumAlgorithm.Crc64Nvme, new byte[8]) },
    ])).Should().Be(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
        "<Part><PartNumber>1</PartNumber><ETag>\"a&lt;b\"</ETag></Part>" +
        "<Part><PartNumber>3</PartNumber><ETag>c</ETag><ChecksumCRC64NVME>AAAAAAAAAAA=</ChecksumCRC64NVME></Part></CompleteMultipartUpload>");

    [Fact]
    public void CompleteMultipartUpload_CreateBodyOutOfOrderDuplicateOrEmpty_IsRejected()
    {
        CompletedPart one = new(1, "a"), two = new(2, "b");

        FluentActions.Invoking(() => CompleteMultipartUpload.CreateBody([two, one])).Should().Throw<ArgumentException>().WithMessage("*Part 1 follows part 2*");
        FluentActions.Invoking(() => CompleteMultipartUpload.CreateBody([one, one])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => CompleteMultipartUpload.CreateBody([])).Should().Throw<ArgumentException>().WithMessage("*AbortMultipartUpload*");
    }

    [Fact]
    public void CreateMultipartUpload_ReadUploadId_FindsItInAnyNamespace()
    {
        CreateMultipartUpload.ReadUploadId("<R xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Key>k</Key><UploadId>2~a&amp;b</UploadId></R>").Should().Be("2~a&b");
        CreateMultipartUpload.ReadUploadId("<R><UploadId>id</UploadId></R>").Should().Be("id");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<Error><Code>AccessDenied</Code></Error>")]
    [InlineData("<R><UploadId/></R>")]
    [InlineData("<!DOCTYPE r [<!ENTITY e \"x\">]><R><UploadId>&e;</UploadId></R>")]
    public void CreateMultipartUpload_ReadUploadIdOfADifferentResponse_ThrowsFormatException(string body) =>
        FluentActions.Invoking(() => CreateMultipartUpload.ReadUploadId(body)).Should().Throw<FormatException>();

    [Fact]
    public void CreateMultipartUpload_ReadUploadIdWithByteOrderMark_FindsIt() =>
        CreateMultipartUpload.ReadUploadId("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<R><UploadId>id</UploadId></R>").Should().Be("id");

    [Theory]
    [InlineData("<Error><Code>NoSuchUpload</Code><Message>It does not exist.</Message><UploadId>other</UploadId></Error>")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><Error xmlns=\"http://a/\"><UploadId>other</UploadId><Message>It does not exist.</Message><Code>NoSuchUpload</Code></Error>")]
    public void CreateMultipartUpload_ReadUploadIdOfAnError_ThrowsWithItsCode(string body) => FluentActions.Invoking(() => CreateMultipartUpload.ReadUploadId(body))
        .Should().Throw<FormatException>().WithMessage("The store returned the error 'NoSuchUpload': It does not exist. Fix the cause, and create the upload again.");

    [Theory]
    [InlineData("\"abc\"", "\"abc\"")]
    [InlineData("W/\"abc\"", "\"abc\"")]
    [InlineData("abc", "abc")]
    [InlineData("\"abc-2\"", "\"abc-2\"")]
    public void UploadPart_ReadETag_ReturnsTheETagForCompletedPart(string header, string etag)
    {
        using HttpResponseMessage response = new();
        response.Headers.TryAddWithoutValidation("ETag", header);

        new CompletedPart(1, UploadPart.ReadETag(response)).ETag.Should().Be(etag);
    }

    [Fact]
    public void UploadPart_ReadETagOfAnErrorOrWithoutHeader_ThrowsFormatException()
    {
        using HttpResponseMessage error = new(System.Net.HttpStatusCode.Forbidden);
        error.Headers.TryAddWithoutValidation("ETag", "\"abc\"");
        using HttpResponseMessage without = new();

        FluentActions.Invoking(() => UploadPart.ReadETag(error)).Should().Throw<FormatException>().WithMessage("*status 403*upload the part again.");
        FluentActions.Invoking(() => UploadPart.ReadETag(without)).Should().Throw<FormatException>().WithMessage("*does not have an ETag header. Check*");
        FluentActions.Invoking(() => UploadPart.ReadETag(null!)).Should().Throw<ArgumentNullException>().WithParameterName("response");
    }

    [Fact]
    public void PutObjectTagging_CreateBody_IsTheXmlOfS3() =>
        Encoding.UTF8.GetString(PutObjectTagging.CreateBody(new Dictionary<string, string> { ["b"] = "<&>", ["a"] = "ü" })).Should().Be(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>" +
            "<Tag><Key>a</Key><Value>ü</Value></Tag><Tag><Key>b</Key><Value>&lt;&amp;&gt;</Value></Tag></TagSet></Tagging>");
}
