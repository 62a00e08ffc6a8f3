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
    [InlineData("", "*is empty*leave it null*")]
    [InlineData("a\r\nSet-Cookie: b=c", "*'a<U+000D><U+000A>Set-Cookie*U+000D*Remove it*")]
    [InlineData("a\0", "*U+0000*Remove it*")]
    public void FindProblem_ImpossibleName_SaysWhy(string fileName, string message) =>
        ContentDisposition.FindProblem(fileName).Should().Match(message);

    [Fact]
    public void FindProblem_LoneSurrogate_SaysWhy() => ContentDisposition.FindProblem("a\uD83D").Should().Match("*lone surrogate*Correct*");
}
