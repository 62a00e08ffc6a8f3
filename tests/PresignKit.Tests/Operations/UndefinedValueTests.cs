namespace PresignKit.Tests;

/// <summary>Undefined values are rejected when they are set, instead of being signed as something else.</summary>
public class UndefinedValueTests
{
    public static TheoryData<string, Action> Undefined => new()
    {
        { "MetadataDirective is 7*CopyDirective", static () => _ = new CopyObject("k", new CopySource("src-bucket", "k")) { MetadataDirective = (CopyDirective)7 } },
        { "TaggingDirective is 7*CopyDirective", static () => _ = new CopyObject("k", new CopySource("src-bucket", "k")) { TaggingDirective = (CopyDirective)7 } },
        { "ChecksumType is -1*ChecksumType", static () => _ = new CreateMultipartUpload("k") { ChecksumType = (ChecksumType)(-1) } },
        { "ChecksumAlgorithm is 9*ChecksumAlgorithm", static () => _ = new CreateMultipartUpload("k") { ChecksumAlgorithm = (ChecksumAlgorithm)9 } },
        { "ChecksumAlgorithm is 9*ChecksumAlgorithm", static () => _ = new CopyObject("k", new CopySource("src-bucket", "k")) { ChecksumAlgorithm = (ChecksumAlgorithm)9 } },
        { "algorithm is 9*ChecksumAlgorithm", static () => _ = new Checksum((ChecksumAlgorithm)9, "") },
        { "ChecksumType is 2*ChecksumType", static () => _ = new CompleteMultipartUpload("k", "id") { ChecksumType = (ChecksumType)2 } },
        { "Mode is 2*ObjectLockMode", static () => _ = new ObjectLock { Mode = (ObjectLockMode)2 } },
    };

    [Theory]
    [MemberData(nameof(Undefined))]
    public void Init_UndefinedEnumValue_IsRejectedWithNameAndNumber(string message, Action act) =>
        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"*{message}*");

    [Fact]
    public void Init_NullInASigV4QueryRequest_NamesTheProperty()
    {
        SigV4QueryRequest request = new(HttpMethod.Get, "sts.amazonaws.com");

        foreach ((string name, Action act) in new (string, Action)[]
        {
            ("Scheme", () => _ = request with { Scheme = null! }),
            ("Path", () => _ = request with { Path = null! }),
            ("Query", () => _ = request with { Query = null! }),
            ("Headers", () => _ = request with { Headers = null! }),
        })
        {
            act.Should().Throw<ArgumentNullException>().WithParameterName(name);
        }
    }

    [Fact]
    public void CreateBody_NullAmongTheParts_IsRejectedWithItsPosition() =>
        FluentActions.Invoking(() => CompleteMultipartUpload.CreateBody([new CompletedPart(3, "\"e\""), null!]))
            .Should().Throw<ArgumentException>().WithMessage("The part after part 3 is null*").WithParameterName("parts");
}
