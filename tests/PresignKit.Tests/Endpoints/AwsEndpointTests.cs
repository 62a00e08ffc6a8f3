using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>AWS endpoints: access point ARNs in place of buckets, and transfer acceleration.</summary>
public class AwsEndpointTests
{
    private const string Arn = "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point";
    private const string Label = "my-point-123456789012.s3-accesspoint.";
    private const string Elsewhere = "arn:aws:s3:us-west-2:123456789012:accesspoint:other";

    [Theory]
    [InlineData("aws", "ap-south-1", "amazonaws.com")]
    [InlineData("aws-cn", "cn-north-1", "amazonaws.com.cn")]
    [InlineData("aws-eusc", "eusc-de-east-1", "amazonaws.eu")]
    [InlineData("aws-us-gov", "us-gov-west-1", "amazonaws.com")]
    [InlineData("aws-iso", "us-iso-east-1", "c2s.ic.gov")]
    [InlineData("aws-iso-b", "us-isob-east-1", "sc2s.sgov.gov")]
    [InlineData("aws-iso-f", "us-isof-south-1", "csp.hci.ic.gov")]
    [InlineData("aws-iso-e", "eu-isoe-west-1", "cloud.adc-e.uk")]
    public void Presign_AccessPoint_UsesThePartitionOfTheRegion(string partition, string region, string suffix)
    {
        string arn = $"arn:{partition}:s3:{region}:123456789012:accesspoint/my-point";

        TestPresigner.At(S3Endpoint.Aws(region)).Presign(new GetObject("key") { Bucket = arn }).Address().Should().Be($"https://{Label}{region}.{suffix}/key");
        S3Endpoint.TryCreate($"https://{Label}{region}.{suffix}", region: null, UrlStyle.Auto, out string? found, out _).Should().NotBeNull();
        found.Should().Be(arn);
    }

    [Theory]
    [InlineData("https://mypoint.s3-accesspoint.eu-west-1.amazonaws.com")]
    [InlineData("https://-123456789012.s3-accesspoint.eu-west-1.amazonaws.com")]
    public void Parse_AccessPointHostWithoutAName_Throws(string url) =>
        FluentActions.Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>().WithMessage("The host * is for access points, but does not contain the name of one. Use the region's endpoint*");

    [Theory]
    [InlineData("sts.eu-west-1.amazonaws.com", true)]
    [InlineData("s3.cn-north-1.amazonaws.com.cn", true)]
    [InlineData("sts.eu-west-1.notamazonaws.com", false)]
    [InlineData("amazonaws.com.example", false)]
    public void OwnsHost_LastLabels_IdentifyAPartition(string host, bool expected) => AwsPartition.OwnsHost(host).Should().Be(expected);

    [Fact]
    public void Locate_InvalidArn_IsNullWithTheProblem()
    {
        S3Endpoint.Aws("eu-west-1").Locate("arn:aws:s3:::my-bucket", out string? problem).Should().BeNull();

        problem.Should().Be("The bucket 'arn:aws:s3:::my-bucket' is the ARN of a bucket. Use the bucket name 'my-bucket'.");
    }

    [Fact]
    public void Aws_TwoVariantsThatAPartitionLacks_AreNamedAsInTheHost() =>
        FluentActions.Invoking(() => S3Endpoint.Aws("cn-north-1", new AwsEndpointOptions { Fips = true, DualStack = true }))
            .Should().Throw<ArgumentException>().WithMessage("*'fips-dualstack'*");

    [Theory]
    [InlineData(Arn, "https://my-point-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/key", "eu-west-1")]
    [InlineData(Elsewhere, "https://other-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key", "us-west-2")]
    public void Presign_Arn_UsesTheHostAndTheRegionOfTheAccessPoint(string arn, string address, string region)
    {
        S3Endpoint endpoint = S3Endpoint.Aws("eu-west-1");
        PresignedUrl[] results =
        [
            TestPresigner.At(endpoint).Presign(new GetObject("key") { Bucket = arn }),
            TestPresigner.Create(o => { o.UseEndpoint(endpoint); o.Bucket = arn; }).Presign(new GetObject("key")),
        ];

        results.Should().AllSatisfy(result =>
        {
            result.Address().Should().Be(address);
            result.Parameter("X-Amz-Credential").Should().EndWith($"%2F20260314%2F{region}%2Fs3%2Faws4_request");
        });
    }

    [Fact]
    public void Presign_BucketsAndArnsInTurn_ReturnsTheSameUrlsAsEachAlone()
    {
        S3Presigner presigner = TestPresigner.At(S3Endpoint.Aws("eu-west-1"));
        string[] buckets = ["my-bucket", Arn, Elsewhere];
        string[] alone = [.. buckets.Select(bucket => TestPresigner.At(S3Endpoint.Aws("eu-west-1")).Presign(new GetObject("key") { Bucket = bucket }).Url)];

        for (int round = 0; round < 3; round++)
        {
            buckets.Select(bucket => presigner.Presign(new GetObject("key") { Bucket = bucket }).Url).Should().Equal(alone);
        }
    }

    [Fact]
    public void Presign_EndpointWithTheHostOfAnAccessPoint_UsesThatAccessPoint() => TestPresigner.Create(o =>
        {
            o.Endpoint = "https://my-point-123456789012.s3-accesspoint.dualstack.eu-west-1.amazonaws.com";
            o.Bucket = null;
        }).Presign(new GetObject("key")).Address().Should().Be("https://my-point-123456789012.s3-accesspoint.dualstack.eu-west-1.amazonaws.com/key");

    [Theory]
    [InlineData("arn:aws:s3:::my-bucket", "The bucket 'arn:aws:s3:::my-bucket' is the ARN of a bucket. Use the bucket name 'my-bucket'.*")]
    [InlineData("arn:aws:s3:::my-bucket/key", "*Use the bucket name 'my-bucket'.*")]
    [InlineData("arn:aws:s3::123456789012:accesspoint/my.mrap", "*belongs to a Multi-Region Access Point, which requires SigV4A signatures. PresignKit does not support them; use*")]
    [InlineData("arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01/accesspoint/my-point", "*belongs to S3 on Outposts*'s3-outposts'. PresignKit does not support them; use*")]
    [InlineData("arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my-point", "*belongs to an Object Lambda access point*PresignKit does not support them; use*")]
    [InlineData("arn:aws:sqs:us-west-2:123456789012:queue", "*is an ARN of the service 'sqs'. Use the ARN of an S3 access point*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012", "*is not a complete ARN. Use the ARN of an access point, such as 'arn:aws:s3:*")]
    [InlineData("arn:aws:s3:eu-west-1:12345678901:accesspoint/my-point", "*is not a valid access point ARN. Use an ARN such as 'arn:aws:s3:*12 digits*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/My-Point", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point/object/key", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws:s3:eu.west.1:123456789012:accesspoint/my-point", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/my-point", "*is in the partition 'aws-cn', but the endpoint*is in 'aws'. Use S3Endpoint.Aws(\"cn-north-1\")*")]
    [InlineData("arn:aws-cn:s3:eu-west-1:123456789012:accesspoint/my-point", "The access point ARN 'arn:aws-cn:s3:eu-west-1:123456789012:accesspoint/my-point' has the partition 'aws-cn', but its region 'eu-west-1' is in the partition 'aws'. Copy the ARN from the AWS console.*")]
    [InlineData("arn:aws:s3:eu-west-1:12345678901a:accesspoint/my-point", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoints/my-point", "*is not a valid access point ARN. Use an ARN such as*")]
    [InlineData("arn:aws:s3::123456789012:accesspoint/my-point", "*is an access point ARN without a region. Use the complete ARN*")]
    [InlineData("arn:aws:s3express:us-west-2:123456789012:bucket/my-bucket--usw2-az1--x-s3", "*directory bucket (S3 Express One Zone)*service 's3express'. PresignKit does not support them; use a general purpose bucket.*")]
    [InlineData("my-bucket--op-s3", "*belongs to S3 on Outposts*'s3-outposts'. PresignKit does not support them; use*")]
    [InlineData("my-bucket--xa-s3", "The bucket 'my-bucket--xa-s3' belongs to a directory bucket (S3 Express One Zone)*")]
    [InlineData("my-bucket--usw2-az1--x-s3", "The bucket 'my-bucket--usw2-az1--x-s3' is a directory bucket (S3 Express One Zone)*PresignKit does not support them; use a general purpose bucket.*")]
    public void Presign_UnsupportedArnOrBucket_ExplainsWhy(string bucket, string message)
    {
        FluentActions.Invoking(() => TestPresigner.At(S3Endpoint.Aws("eu-west-1")).Presign(new GetObject("key") { Bucket = bucket }))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("operation");
        FluentActions.Invoking(() => TestPresigner.Create(o => { o.UseAws("eu-west-1"); o.Bucket = bucket; }))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Bucket: " + message);
    }

    [Fact]
    public void Presign_ArnAtADifferentStore_NamesTheRequiredEndpoint() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { Bucket = Arn }))
        .Should().Throw<ArgumentException>().WithMessage("*is an access point of AWS S3, but 'https://nyc3.digitaloceanspaces.com' is not an endpoint of AWS S3. Use S3Endpoint.Aws(\"eu-west-1\")*");

    [Fact]
    public void Presign_ArnInPathStyle_Throws() => FluentActions
        .Invoking(() => TestPresigner.Create(o => { o.UseAws("eu-west-1"); o.UrlStyle = UrlStyle.Path; }).Presign(new GetObject("key") { Bucket = Arn }))
        .Should().Throw<ArgumentException>().WithMessage("*is an access point, which does not support path style. Use UrlStyle.VirtualHosted or UrlStyle.Auto.*");

    [Fact]
    public void Presign_ArnWithAcceleration_Throws() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.Aws("eu-west-1", new AwsEndpointOptions { Accelerate = true })).Presign(new GetObject("key") { Bucket = Arn }))
        .Should().Throw<ArgumentException>().WithMessage("*does not support transfer acceleration. Use the endpoint without Accelerate.*");

    [Fact]
    public void Presign_ListOfBucketsWithAcceleration_Throws() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.Aws("eu-west-1", new AwsEndpointOptions { Accelerate = true })).Presign(new S3ServiceRequest(HttpMethod.Get)))
        .Should().Throw<ArgumentException>().WithMessage("*accepts requests for buckets and objects only. Use the region's own endpoint*");

    [Fact]
    public void Aws_AccelerateWithFips_NamesBoth() => FluentActions
        .Invoking(() => S3Endpoint.Aws("eu-west-1", new AwsEndpointOptions { Accelerate = true, Fips = true }))
        .Should().Throw<ArgumentException>().WithMessage("Accelerate and Fips cannot be combined*Set only one of them.*").WithParameterName("options");

    [Fact]
    public void Aws_FipsInChina_Throws() => FluentActions
        .Invoking(() => S3Endpoint.Aws("cn-north-1", new AwsEndpointOptions { Fips = true }))
        .Should().Throw<ArgumentException>().WithMessage("AWS S3 does not have 'fips' hosts in the region 'cn-north-1'. Use the endpoint without this option.*").WithParameterName("region");

    [Theory]
    [InlineData("a")]
    [InlineData("z-0-9")]
    [InlineData("a2345678901234567890123456789012345678901234567890")]
    public void Presign_ArnWithNameOfOneTo50Characters_IsAccepted(string name) => TestPresigner.At(S3Endpoint.Aws("eu-west-1"))
        .Presign(new GetObject("key") { Bucket = "arn:aws:s3:eu-west-1:123456789012:accesspoint/" + name }).Address()
        .Should().Be($"https://{name}-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/key");

    [Fact]
    public void Presign_ArnWithNameOf51Characters_Throws() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.Aws("eu-west-1")).Presign(new GetObject("key") { Bucket = "arn:aws:s3:eu-west-1:123456789012:accesspoint/" + new string('a', 51) }))
        .Should().Throw<ArgumentException>().WithMessage("*up to 50*");

    // S3 Express exists only on AWS. On other stores, this is an ordinary name.
    [Fact]
    public void Presign_NameOfADirectoryBucketAtADifferentStore_IsAccepted() =>
        TestPresigner.Create().Presign(new GetObject("key") { Bucket = "data--x-s3" }).Address().Should().Be("https://data--x-s3.nyc3.digitaloceanspaces.com/key");

    [Fact]
    public void Presign_DottedBucketWithAcceleration_NamesTheRemedy() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.Aws("eu-west-1", new() { Accelerate = true }), bucket: null).Presign(new GetObject("key") { Bucket = "my.bucket" }))
        .Should().Throw<ArgumentException>().WithMessage("The bucket 'my.bucket' contains a dot, which transfer acceleration does not support. Use the endpoint without Accelerate, because transfer acceleration does not support path style.*");

    [Theory]
    [InlineData(false, false, "https://my-space.s3-accelerate.amazonaws.com/key")]
    [InlineData(true, false, "https://my-space.s3-accelerate.dualstack.amazonaws.com/key")]
    [InlineData(true, true, "https://my-space.s3-accelerate.dualstack.amazonaws.com/key")]
    public void Presign_AccelerationAndADifferentRegion_SignsForThatRegion(bool dualStack, bool moves, string address)
    {
        PresignedUrl result = TestPresigner.Create(o =>
        {
            o.UseAws("eu-west-1", new AwsEndpointOptions { Accelerate = true, DualStack = dualStack });
            o.Region = moves ? "us-west-2" : null;
        }).Presign(new GetObject("key"));

        result.Address().Should().Be(address);
        result.Parameter("X-Amz-Credential").Should().Contain(moves ? "%2Fus-west-2%2F" : "%2Feu-west-1%2F");
    }
}
