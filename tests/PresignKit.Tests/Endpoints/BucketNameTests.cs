using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class BucketNameTests
{
    [Theory]
    [InlineData("", "The bucket name is empty. Set Bucket in the operation or in PresignerOptions.*")]
    [InlineData("my-space/photos", "The bucket 'my-space/photos' contains a slash. Use 'my-space', and prepend the rest to the key.*")]
    [InlineData("my-space/", "The bucket 'my-space/' contains a slash. Use 'my-space'.*")]
    [InlineData("/my-space", "The bucket '/my-space' contains a slash. Use 'my-space'.*")]
    [InlineData("/my-space/photos", "The bucket '/my-space/photos' contains a slash. Use 'my-space', and prepend the rest to the key.*")]
    [InlineData("/", "The bucket '/' contains a slash. Use the name of the bucket only.*")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com", "The bucket * is a URL. Set Bucket to the name of the bucket, and Endpoint to the URL of the store.*")]
    [InlineData("ab", "The bucket 'ab' has 2 characters. Use a name of 3 to 63 characters*")]
    [InlineData("my space", "The bucket 'my space' contains the character U+0020. Use a name of letters, digits, '-', '.' and '_'.*")]
    [InlineData(" my-space", "*contains the character U+0020*")]
    [InlineData("my-space\n", "The bucket 'my-space<U+000A>' contains the character U+000A*")]
    [InlineData("my:space", "*contains a tenant, which only self-hosted Ceph supports*specify only the bucket name*")]
    [InlineData("my%2Fspace", "*contains the character '%'*")]
    [InlineData("my\\space", "*contains the character '\\'*")]
    [InlineData("my\u007Fspace", "*contains the character U+007F*")]
    [InlineData("my~space", "*contains the character '~'*")]
    [InlineData("bücher", "*contains the character U+00FC*")]
    [InlineData("-my-space", "The bucket '-my-space' is not a valid bucket name. Use a name that starts and ends with a letter or a digit*")]
    [InlineData("my-space.", "The bucket 'my-space.' is not a valid bucket name. Use*")]
    [InlineData("_my-space", "The bucket '_my-space' is not a valid bucket name. Use*")]
    [InlineData("my..space", "The bucket 'my..space' is not a valid bucket name. Use*does not contain consecutive dots.*")]
    [InlineData("...", "The bucket '...' is not a valid bucket name. Use*")]
    public void Presign_InvalidBucket_NamesItAndTheRemedy(string bucket, string message)
    {
        FluentActions.Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { Bucket = bucket }))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("operation");
        if (bucket.Length > 0) // In options, empty means "not set".
        {
            FluentActions.Invoking(() => TestPresigner.Create(options => options.Bucket = bucket))
                .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Bucket: " + message);
        }
    }

    [Fact]
    public void Presign_BucketOf256Characters_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { Bucket = new string('b', 256) }))
        .Should().Throw<ArgumentException>().WithMessage("The bucket 'bbb*' has 256 characters*3 to 63*255*");

    [Fact]
    public void Presign_PresignedUrlAsBucket_DoesNotShowItsSignature() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { Bucket = "https://a.example/b?X-Amz-Signature=f00d" }))
        .Should().Throw<ArgumentException>().WithMessage("The bucket 'https://a.example/b?…' is a URL*").Which.Message.Should().NotContain("f00d");

    [Fact]
    public void Presign_NoBucketAnywhere_ExplainsWhereToSetIt() => FluentActions
        .Invoking(() => TestPresigner.Create(options => options.Bucket = null).Presign(new GetObject("key")))
        .Should().Throw<ArgumentException>().WithMessage("The operation does not specify a bucket, and neither do the options. Set Bucket in one of them.*")
        .WithParameterName("operation");

    [Theory]
    [InlineData("abc")]
    [InlineData("my-space-2")]
    [InlineData("123")]
    [InlineData("a--b")]
    [InlineData("az0-9za")]
    [InlineData("9z0")]
    public void Presign_DnsLabel_GoesIntoTheHost(string bucket) =>
        Address(bucket).Should().Be($"https://{bucket}.nyc3.digitaloceanspaces.com/key");

    [Theory]
    [InlineData("My-Space")]
    [InlineData("AzZ")]
    [InlineData("Zza")]
    [InlineData("my_space")]
    [InlineData("my.space")]
    public void Presign_OldName_GoesIntoThePath(string bucket) =>
        Address(bucket).Should().Be($"https://nyc3.digitaloceanspaces.com/{bucket}/key");

    [Theory]
    [InlineData(63, "https://{0}.nyc3.digitaloceanspaces.com/key")]
    [InlineData(64, "https://nyc3.digitaloceanspaces.com/{0}/key")]
    [InlineData(255, "https://nyc3.digitaloceanspaces.com/{0}/key")]
    public void Presign_LongName_GoesIntoTheHostUpTo63(int length, string expected)
    {
        string bucket = new('b', length);

        Address(bucket).Should().Be(expected.Replace("{0}", bucket));
    }

    private static string Address(string bucket) => TestPresigner.Create().Presign(new GetObject("key") { Bucket = bucket }).Address();
}
