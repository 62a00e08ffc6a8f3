using System.Net.Http.Headers;

namespace PresignKit.Tests;

public class ContentDispositionTests
{
    [Theory]
    [InlineData("report.pdf", "attachment; filename=\"report.pdf\"")]
    [InlineData("a b; c=d, e.txt", "attachment; filename=\"a b; c=d, e.txt\"")]
    [InlineData("Invoice 7 – März.txt", "attachment; filename=\"Invoice 7 _ M_rz.txt\"; filename*=UTF-8''Invoice%207%20%E2%80%93%20M%C3%A4rz.txt")]
    [InlineData("a\"b.txt", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt")]
    [InlineData("\"; filename=\"evil.exe", "attachment; filename=\"_; filename=_evil.exe\"; filename*=UTF-8''%22%3B%20filename%3D%22evil.exe")]
    [InlineData("100%.txt", "attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt")]
    [InlineData("back\\slash", "attachment; filename=\"back_slash\"; filename*=UTF-8''back%5Cslash")]
    [InlineData("it's*(1).txt", "attachment; filename=\"it's*(1).txt\"")]
    [InlineData("🙂.png", "attachment; filename=\"_.png\"; filename*=UTF-8''%F0%9F%99%82.png")]
    public void Attachment_Name_HasBothForms(string fileName, string expected) =>
        ContentDisposition.Attachment(fileName).Should().Be(expected);

    [Theory]
    [InlineData("report.pdf")]
    [InlineData("تقرير سنوي.pdf")]
    [InlineData("年度报告.pdf")]
    [InlineData("🙂👩‍👩‍👧 \"quoted\"; a=b, 100% 'it''s'.txt")]
    [InlineData("a/b\\c*?<>|:.txt")]
    public void Attachment_AnyName_IsReadBackByTheClient(string fileName)
    {
        ContentDispositionHeaderValue read = ContentDispositionHeaderValue.Parse(ContentDisposition.Attachment(fileName));

        (read.FileNameStar ?? read.FileName!.Trim('"')).Should().Be(fileName);
        read.DispositionType.Should().Be("attachment");
    }

    [Theory]
    [InlineData("a.png", "inline; filename=\"a.png\"")]
    [InlineData("März.pdf", "inline; filename=\"M_rz.pdf\"; filename*=UTF-8''M%C3%A4rz.pdf")]
    public void Inline_Name_HasBothForms(string fileName, string expected) => ContentDisposition.Inline(fileName).Should().Be(expected);

    [Theory]
    [InlineData("", "fileName is empty. Specify*")]
    [InlineData("a\r\nSet-Cookie: b=c", "*'a<U+000D><U+000A>Set-Cookie*U+000D*Remove it*")]
    [InlineData("a\0", "*U+0000*Remove it*")]
    public void Attachment_InvalidName_NamesTheProblem(string fileName, string message)
    {
        FluentActions.Invoking(() => ContentDisposition.Attachment(fileName)).Should().Throw<ArgumentException>().WithParameterName(nameof(fileName)).WithMessage(message);
        FluentActions.Invoking(() => ContentDisposition.Inline(fileName)).Should().Throw<ArgumentException>().WithParameterName(nameof(fileName)).WithMessage(message);
        FluentActions.Invoking(() => new GetObject("k") { DownloadFileName = fileName }).Should().Throw<ArgumentException>().WithParameterName("DownloadFileName")
            .WithMessage(message.Replace("fileName", "DownloadFileName", StringComparison.Ordinal));
    }

    [Fact]
    public void Attachment_NullOrLoneSurrogate_Throws()
    {
        FluentActions.Invoking(() => ContentDisposition.Attachment(null!)).Should().Throw<ArgumentNullException>().WithParameterName("fileName");
        FluentActions.Invoking(() => ContentDisposition.Attachment("a\uD83D")).Should().Throw<ArgumentException>().WithMessage("*lone surrogate*Correct*");
    }

    [Theory]
    [InlineData("тест \"a\"; b, 100%.pdf")]
    [InlineData("report.pdf")]
    public void Attachment_Name_IsAcceptedEverywhere(string fileName)
    {
        string value = ContentDisposition.Attachment(fileName);
        CopySource source = new("src-bucket", "k");

        Presigned.Of(new PutObject("k") { ContentDisposition = value }).RequiredHeaders["content-disposition"].Should().Be(value);
        Presigned.Of(new CreateMultipartUpload("k") { ContentDisposition = value }).RequiredHeaders["content-disposition"].Should().Be(value);
        Presigned.Of(new CopyObject("k", source) { ContentDisposition = value, MetadataDirective = CopyDirective.Replace }).RequiredHeaders["content-disposition"].Should().Be(value);
        Presigned.With.PresignPost(new PostPolicy(PostKey.Exact("k")) { ContentDisposition = value }).Fields.Should().Contain(new KeyValuePair<string, string>("Content-Disposition", value));
        Presigned.Of(new GetObject("k") { ResponseHeaders = new() { ContentDisposition = value } }).Url.Should().Be(Presigned.Of(new GetObject("k") { DownloadFileName = fileName }).Url);
    }

    [Theory]
    [InlineData("response-content-disposition", "attachment; filename=\"März.pdf\"", "*'response-content-disposition' is 'attachment; filename=\"März.pdf\"'*Encode the file name with ContentDisposition.Attachment or*Inline*")]
    [InlineData("response-content-type", "text/ü", "*'response-content-type' is 'text/ü'*400*Use only ASCII*")]
    [InlineData("response-expires", "\u202a0", "*Use only ASCII*")]
    [InlineData("response-content-language", "a\u0007", "*control character*")]
    public void Presign_OverrideThatIsNotAscii_IsRejectedWithTheRemedy(string name, string value, string message)
    {
        GetObject operation = new("k") { Query = TestPresigner.Pairs((name, value)) };
        PresignedUrl url = Presigned.Of(new GetObject("k"));

        FluentActions.Invoking(() => Presigned.Of(operation)).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => Presigned.With.Resign(url.Url, HttpMethod.Get, new ResignChanges { SetQuery = operation.Query })).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Presign_PropertyThatIsNotAscii_IsRejectedWithTheBuilder()
    {
        Presigned.ShouldBeRejected(new GetObject("k") { ResponseHeaders = new() { ContentDisposition = "inline; filename=\"ü\"" } }, "ContentDisposition.Attachment");
        Presigned.ShouldBeRejected(new PutObject("k") { ContentDisposition = "inline; filename=\"ü\"" }, "ContentDisposition.Attachment");
    }
}
