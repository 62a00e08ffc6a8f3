using System.Reflection;

namespace PresignKit.ConformanceTests;

/// <summary>The URL of a typed operation is equal to botocore's. Generator/operations.py creates the cases.</summary>
public class OperationTests
{
    // Other cases cover bucket, expiry, response overrides, and further headers and parameters (Data/botocore.jsonl).
    private static readonly string[] TestedElsewhere = ["Bucket", "Key", "ExpiresIn", "Headers", "Query", "ResponseHeaders", "DownloadFileName"];

    public static TheoryData<string> Operations => [.. OperationTypes.Select(type => type.Name)];

    private static IEnumerable<Type> OperationTypes => typeof(S3Operation).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(S3Operation)) && !type.IsAbstract && type != typeof(S3Request) && type != typeof(S3BucketRequest) && type != typeof(S3ServiceRequest));

    [Theory]
    [MemberData(nameof(OperationCase.Ids), MemberType = typeof(OperationCase))]
    public void Presign_TypedOperation_EqualsBotocore(string id)
    {
        OperationCase one = OperationCase.All[id];

        PresignedUrl result = one.Presigner().Presign(one.ToOperation());

        UrlText.Comparable(result.Url).Should().Be(UrlText.Comparable(one.Expected.Url));
        result.Method.Method.Should().Be(one.Method);
        result.RequiredHeaders.Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value))
            .Should().BeEquivalentTo(one.Headers.Select(header => new KeyValuePair<string, string>(header[0].ToLowerInvariant(), header[1])));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Cases_OfAnOperation_AreFiveAndSetEachProperty(string operation)
    {
        OperationCase[] cases = [.. OperationCase.All.Values.Where(one => one.Operation == operation)];
        IEnumerable<string> set = cases.SelectMany(one => one.Properties.EnumerateObject()).Select(property => property.Name).Distinct();
        IEnumerable<string> properties = OperationTypes.Single(type => type.Name == operation).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.Name).Except(TestedElsewhere);

        cases.Should().HaveCountGreaterThanOrEqualTo(5);
        set.Should().BeEquivalentTo(properties.Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
    }
}
