using System.Text;

namespace PresignKit.AspNetCore.Tests.Uploads;

public sealed class UploadFileNameTests
{
    [Theory]
    [InlineData("photo.png", "photo.png")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("C:\\Users\\me\\My photo.PNG", "My photo.PNG")]
    [InlineData("../../.htaccess", "htaccess")]
    [InlineData("...", "file")]
    [InlineData("a/..", "file")]
    [InlineData("", "file")]
    [InlineData("folder/", "file")]
    [InlineData("name. . .", "name")]
    [InlineData("con", "_con")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("com1.tar.gz", "_com1.tar.gz")]
    [InlineData("COM\u00B2.log", "_COM\u00B2.log")]
    [InlineData("aux .txt", "_aux .txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("a\0b\r\nc\u007F.txt", "abc.txt")]
    [InlineData("invoice\u202Egpj.exe", "invoicegpj.exe")]
    [InlineData("\u2066a\u2069\u200E\u200F\u061C\uFEFF.txt", "a.txt")]
    [InlineData("a\u2028b.txt", "ab.txt")]
    [InlineData("what?<is>|this*\".txt", "what__is__this__.txt")]
    [InlineData("a:b.txt", "a_b.txt")]
    [InlineData("Ma\u0308rz.pdf", "M\u00E4rz.pdf")]
    [InlineData("\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.txt", "\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.txt")]
    [InlineData("😀.png", "😀.png")]
    public void Clean_Name_ReturnsSafeName(string name, string expected) => UploadFileName.Clean(name).Should().Be(expected);

    // A theory would replace the surrogate before the test sees it.
    [Fact]
    public void Clean_LoneSurrogate_IsReplaced() => UploadFileName.Clean("\uD800a\uDC00.txt").Should().Be("_a_.txt");

    [Fact]
    public void Clean_LongName_KeepsTheExtensionAndWholeCharacters()
    {
        string name = UploadFileName.Clean(new string('ä', 200) + ".jpeg");

        name.Should().Be(new string('ä', 47) + ".jpeg");
    }

    [Fact]
    public void Clean_LongExtension_CutsTheName() => UploadFileName.Clean("a." + new string('x', 200)).Should().HaveLength(100).And.StartWith("a.xxx");

    [Fact]
    public void Clean_LongSequenceOfCombinedCharacters_DoesNotSplitOne()
    {
        // One visible character of 25 bytes.
        const string family = "👨‍👩‍👧‍👦";

        UploadFileName.Clean(string.Concat(Enumerable.Repeat("a" + family, 10))).Should().Be(string.Concat(Enumerable.Repeat("a" + family, 3)) + "a");
    }

    [Theory]
    [InlineData("\uFFFE.png", "_.png")]
    [InlineData("\uFFFF\uFDD0.png", "__.png")]
    public void Clean_NoncharactersAreReplaced(string name, string expected) => UploadFileName.Clean(name).Should().Be(expected);

    [Fact]
    public void Clean_FirstCharacterIsTooLong_DoesNotLeaveALeadingDot() => UploadFileName.Clean("a" + new string('\u0301', 60) + ".htaccess").Should().Be("htaccess");

    [Fact]
    public void Clean_LongDeviceName_HasTheMaximumLength()
    {
        string name = UploadFileName.Clean("con." + new string('x', 96));

        name.Should().Be("_con." + new string('x', 95));
        UploadFileName.Clean(name).Should().Be(name);
    }

    [Fact]
    public void Clean_RandomNames_AreSafeAndStable()
    {
        Random random = new(20261130);
        const string alphabet = "ab./\\:*?\"<>| \t\0\u0308\u00E4\u202E\u200D\u200C\u2066\uD83D\uDE00\uDC00CONnul1\u00B9\uFB01\u0344\u0958\u212B";
        for (int i = 0; i < 20_000; i++)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(random.Next(100))).Select(_ => new string(alphabet[random.Next(alphabet.Length)], random.Next(20) == 0 ? random.Next(120) : 1)));

            string clean = UploadFileName.Clean(name);

            Encoding.UTF8.GetByteCount(clean).Should().BeInRange(1, UploadFileName.MaxBytes);
            clean.Should().NotContainAny("/", "\\", "\0", "\t", "\u202E", "\u2066", ":", "\"").And.NotStartWith(".").And.NotEndWith(".");
            ObjectKey.IsValid("users/a/" + clean, out string? problem).Should().BeTrue(problem);
            UploadFileName.Clean(clean).Should().Be(clean, "{0} was already cleaned", name);
        }
    }
}
