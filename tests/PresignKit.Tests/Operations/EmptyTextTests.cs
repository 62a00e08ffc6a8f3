using System.Reflection;

namespace PresignKit.Tests;

/// <summary>An empty string is most likely a value that was not filled in, and is rejected unless it has a meaning.</summary>
public class EmptyTextTests
{
    // An empty prefix, delimiter or marker is equivalent to none, and stores accept it.
    private static readonly HashSet<string> MayBeEmpty = ["Prefix", "Delimiter", "StartAfter", "KeyMarker"];

    private static readonly CopySource Source = new("src-bucket", "s");

    public static TheoryData<Func<S3Operation>> Operations =>
    [
        () => new GetObject("k"), () => new HeadObject("k"), () => new PutObject("k"), () => new CopyObject("k", Source) { MetadataDirective = CopyDirective.Replace },
        () => new CreateMultipartUpload("k"), () => new CompleteMultipartUpload("k", "id"), () => new UploadPart("k", "id", 1), () => new UploadPartCopy("k", "id", 1, Source),
        () => new AbortMultipartUpload("k", "id"), () => new DeleteObject("k"), () => new ListObjectsV2(), () => new ListMultipartUploads(), () => new ListParts("k", "id"),
        () => new GetObjectTagging("k"), () => new PutObjectTagging("k"), () => new DeleteObjectTagging("k"), () => new GetObjectAttributes("k", ObjectAttributes.ETag), () => new HeadBucket(),
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Presign_EmptyTextInAProperty_IsRejectedWithTheRemedy(Func<S3Operation> create)
    {
        foreach (PropertyInfo property in create().GetType().GetProperties().Where(property => property.CanWrite && property.PropertyType == typeof(string) && !MayBeEmpty.Contains(property.Name)))
        {
            ShouldBeRejected(property.Name, () =>
            {
                S3Operation operation = create();
                SetEmpty(operation, property);
                _ = Presigned.Of(operation);
            });
        }
    }

    [Fact]
    public void Presign_EmptyTextInAValueOfAProperty_IsRejectedWithTheRemedy()
    {
        (object Value, Func<object, S3Operation> Use)[] values =
        [
            (new ResponseHeaderOverrides(), value => new GetObject("k") { ResponseHeaders = (ResponseHeaderOverrides)value }),
            (new AccessGrants(), value => new PutObject("k") { Grants = (AccessGrants)value }),
            (new CopySource("src-bucket", "s"), value => new CopyObject("k", (CopySource)value)),
        ];

        foreach ((object value, Func<object, S3Operation> use) in values)
        {
            foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => property.CanWrite && property.PropertyType == typeof(string)))
            {
                ShouldBeRejected(property.Name, () =>
                {
                    SetEmpty(value, property);
                    _ = Presigned.Of(use(value));
                });
                property.SetValue(value, null);
            }
        }
    }

    [Fact]
    public void Presign_EmptyTextThatHasAMeaning_IsSigned()
    {
        Presigned.Request(new ListObjectsV2 { Prefix = "", Delimiter = "" }).Should().Be("GET /bucket?delimiter=&list-type=2&prefix=");
        Presigned.Headers(new PutObject("k") { Metadata = new Dictionary<string, string> { ["a"] = "" } }).Should().Equal("x-amz-meta-a: ");
        Presigned.Headers(new CopyObject("k", Source) { Tagging = new Dictionary<string, string>(), TaggingDirective = CopyDirective.Replace }).Should().Contain("x-amz-tagging: ");
        Presigned.Request(new GetObject("k") { Query = TestPresigner.Pairs(("acl", "")) }).Should().Be("GET /bucket/k?acl=");
    }

    [Theory]
    [InlineData("content-type", "")]
    [InlineData("Cache-Control", " ")]
    [InlineData("if-match", "\t")]
    public void Presign_EmptyValueOfAKnownHeader_IsRejected(string name, string value) =>
        Presigned.ShouldBeRejected(new PutObject("k") { Headers = TestPresigner.Pairs((name, value)) }, $"'{name}' is empty. Specify a value, or remove the header.");

    private static void ShouldBeRejected(string property, Action presign) =>
        presign.Should().Throw<ArgumentException>("{0} is empty", property).Which.Message.Should().MatchRegex("(empty|0 characters|without KeyMarker).*(Specify|Set|Use|Encode)", "{0}", property);

    private static void SetEmpty(object target, PropertyInfo property)
    {
        try
        {
            property.SetValue(target, "");
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException inner)
        {
            throw inner;
        }
    }
}
