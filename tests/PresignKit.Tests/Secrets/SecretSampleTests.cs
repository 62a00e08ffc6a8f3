namespace PresignKit.Tests;

public class SecretSampleTests
{
    public static TheoryData<string> Types => [.. SecretSamples.All.Keys.Select(type => type.Name)];

    [Fact]
    public void PublicTypes_All_AreInSecretSamplesOrSecretFree() => typeof(S3Presigner).Assembly.GetExportedTypes()
        .Where(type => type is { IsEnum: false, IsAbstract: false })
        .Except(SecretSamples.SecretFree).Except(SecretSamples.All.Keys)
        .Should().BeEmpty("a new type must be created in SecretSamples.All with a secret wherever it accepts one, or listed in SecretSamples.SecretFree");

    [Fact]
    public void SecretFree_Members_AcceptNoSecret() => SecretSamples.SecretFree
        .SelectMany(type => type.GetProperties().Select(property => (type, property)))
        .Where(one => one.property.PropertyType == typeof(SseCustomerKey) || one.property.Name is "Headers" or "Fields" or "SecretAccessKey" or "SessionToken")
        .Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Types))]
    public void ToString_WithSecrets_ShowsNoSecret(string type) => Markers.In(Create(type).ToString()).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Types))]
    public void Debugger_EveryNodeExpanded_ShowsNoSecret(string type) =>
        DebuggerView.Of(Create(type)).Where(line => Markers.In(line.Text).Length > 0).Should().BeEmpty();

    [Theory]
    [InlineData(Markers.SecretAccessKey)]
    [InlineData("secret wJalrXUtnFEMI… was cut")]
    [InlineData("WJALRxuTNFemi+k7mdeng/BpXrFIcy")]
    [InlineData("YCifRxPb/GNEDM7K+IMEFntUXrlaJw")]
    [InlineData("0x774a616c725855746e46454d49")]
    [InlineData("Authorization: d0phbHJYVXRuRkVNSStLN01ERU5HL2JQeFJmaUNZ")]
    [InlineData("?secret=wJalrXUtnFEMI%2BK7MDENG%2FbPxRfiCY")]
    public void Search_AnyFormOfASecret_IsFound(string output) => Markers.In(output).Should().Contain("the secret access key");

    [Fact]
    public void Search_DebuggerView_FindsTheValueOfAPublicMember() =>
        DebuggerView.Of(new { Inner = new[] { new KeyValuePair<string, string>("a", Markers.SessionToken) } }).Should().Contain(line => Markers.In(line.Text).Length > 0);

    private static object Create(string type) => SecretSamples.All.Single(one => one.Key.Name == type).Value();
}
