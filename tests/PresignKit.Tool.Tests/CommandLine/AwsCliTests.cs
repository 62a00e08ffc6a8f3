namespace PresignKit.Tool.Tests.CommandLine;

/// <summary>The calls of <c>aws s3 presign</c> in scripts and documentation, and what this command does with them.</summary>
public sealed class AwsCliTests : IDisposable
{
    private const string Endpoint = "--endpoint-url https://nyc3.digitaloceanspaces.com";
    private const string NotADuration = "is not a valid duration. Use a positive number of seconds, or units in the order d, h, m, s, for example 3600, 90s, 1h30m or 7d.";
    private const string Query = "X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=…";

    private readonly FakeTool _tool = new FakeTool().WithKeys();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("s3://space/key --expires-in 3600 " + Endpoint, "https://space.nyc3.digitaloceanspaces.com/key", "nyc3")]
    [InlineData("get space/key --region eu-west-1", "https://space.s3.eu-west-1.amazonaws.com/key", "eu-west-1")]
    [InlineData("s3://space/key --region eu-central-1", "https://space.s3.eu-central-1.amazonaws.com/key", "eu-central-1")]
    [InlineData("AWS_REGION=eu-central-1 s3://space/key", "https://space.s3.eu-central-1.amazonaws.com/key", "eu-central-1")]
    [InlineData("AWS_DEFAULT_REGION=eu-central-1 s3://space/key", "https://space.s3.eu-central-1.amazonaws.com/key", "eu-central-1")]
    [InlineData("s3://space/key --expires-in 1h " + Endpoint, "https://space.nyc3.digitaloceanspaces.com/key", "nyc3")]
    [InlineData("s3://space/key --output json --query x " + Endpoint, "https://space.nyc3.digitaloceanspaces.com/key", "nyc3")]
    [InlineData(
        "--no-paginate --no-cli-pager --cli-read-timeout 5 --cli-connect-timeout=5 --cli-binary-format x --no-cli-auto-prompt --cli-auto-prompt --cli-error-format y --ca-bundle z --no-verify-ssl "
        + "s3://space/key --color on " + Endpoint,
        "https://space.nyc3.digitaloceanspaces.com/key",
        "nyc3")]
    [InlineData("s3://arn:aws:s3:us-west-2:123456789012:accesspoint/name/key --region us-west-2", "https://name-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key", "us-west-2")]
    [InlineData("s3://arn:aws:s3:us-west-2:123456789012:accesspoint/name/key", "https://name-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key", "us-west-2")]
    [InlineData("AWS_REGION=us-west-2 s3://arn:aws:s3:us-west-2:123456789012:accesspoint:name/key", "https://name-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key", "us-west-2")]
    public async Task Presign_CallOfTheAwsCli_PrintsTheUrl(string commandLine, string url, string region)
    {
        ToolResult result = await RunAsync(commandLine);

        (result with { Output = SampleUrls.WithoutSignature(result.Output) }).Should().Be(
            new ToolResult(0, $"{url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=DO00SPACESEXAMPLE000%2F20260314%2F{region}%2Fs3%2Faws4_request&{Query}\n", ""));
    }

    [Theory]
    [InlineData("s3://space/key", 3, "No store is selected. Use --endpoint-url or --provider, or for AWS S3 --region; or set AWS_ENDPOINT_URL_S3 or AWS_REGION.")]
    [InlineData(
        "s3://arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/key", 2,
        "The bucket 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap' belongs to a Multi-Region Access Point, which requires SigV4A signatures. "
        + "PresignKit does not support them; use a bucket or an access point in one AWS Region.")]
    [InlineData("s3://arn:aws:s3:::space/key", 2, "The bucket 'arn:aws:s3:::space' is the ARN of a bucket. Use the bucket name 'space'.")]
    [InlineData(
        "s3://arn:aws:s3:US_W:123456789012:accesspoint/name/key", 2, "the ARN of the access point: The region 'US_W' is not an AWS region code. Use a code such as 'eu-west-1'.")]
    [InlineData("s3://space/key --expires-in 0 " + Endpoint, 2, "--expires-in: '0' " + NotADuration)]
    [InlineData("s3://space/key --expires-in -5 " + Endpoint, 2, "--expires-in: '-5' " + NotADuration)]
    [InlineData("s3://space/key --expires-in 1.5h " + Endpoint, 2, "--expires-in: '1.5h' " + NotADuration)]
    [InlineData(
        "s3://space/key --expires-in 999999 " + Endpoint, 2, "--expires-in is 11d 13h 46m 39s, but must be from 1 second to 7 days (604800 seconds). Request a lifetime in this range, and create a new URL when it expires.")]
    [InlineData(
        "s3://space/key --expires-in 604801 " + Endpoint, 2, "--expires-in is 7d 1s, but must be from 1 second to 7 days (604800 seconds). Request a lifetime in this range, and create a new URL when it expires.")]
    [InlineData(
        "s3://space/key --expires-in 8d " + Endpoint, 2, "--expires-in is 8d, but must be from 1 second to 7 days (604800 seconds). Request a lifetime in this range, and create a new URL when it expires.")]
    [InlineData("s3://space " + Endpoint, 2, "'s3://space' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("s3://space/ " + Endpoint, 2, "'s3://space/' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("get key " + Endpoint, 2, "'key' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("key " + Endpoint, 2, "The command 'key' does not exist. See 'presign --help'.")]
    [InlineData("space/key", 2, "'space/key' is not a command. Use 'presign get s3://bucket/key' to create a URL, or 'presign inspect' to read one. See 'presign --help'.")]
    [InlineData("get", 2, "The argument s3://BUCKET/KEY is missing. See 'presign get --help'.")]
    [InlineData(Endpoint, 2, "No command is specified. See 'presign --help'.")]
    [InlineData(
        "s3://space/key s3://space/key2 " + Endpoint, 2, "'s3://space/key2' is one argument too many. Put a value that contains spaces or '&' in single quotation marks. See 'presign get --help'.")]
    [InlineData(
        "https://space.s3.amazonaws.com/key", 2,
        "'https://space.s3.amazonaws.com/key' is not a command. Use 'presign get s3://bucket/key' to create a URL, or 'presign inspect' to read one. See 'presign --help'.")]
    [InlineData("get https://space.s3.amazonaws.com/key", 2, "'https://space.s3.amazonaws.com/key' is a URL. Use s3://bucket/key, and specify the store with --endpoint-url.")]
    [InlineData(
        "s3://space/key --endpoint-url nyc3.digitaloceanspaces.com", 2,
        "--endpoint-url: The endpoint 'nyc3.digitaloceanspaces.com' does not have a scheme. Use 'https://nyc3.digitaloceanspaces.com', or 'http://nyc3.digitaloceanspaces.com' for a store without TLS.")]
    [InlineData(
        "s3://space/key --profile nope " + Endpoint, 3,
        "--profile: The profile 'nope' does not exist in ~/.aws/config or ~/.aws/credentials. The files do not contain any profiles; 'aws configure' creates one.")]
    [InlineData("s3://space/key --no-sign-request " + Endpoint, 2, "--no-sign-request: Nothing would be signed. The URL without a signature is https://space.nyc3.digitaloceanspaces.com/key")]
    [InlineData("AWS_SECRET_ACCESS_KEY= s3://space/key --region eu-west-1", 3, "The environment variable AWS_SECRET_ACCESS_KEY is not set")]
    [InlineData("AWS_ACCESS_KEY_ID= AWS_SECRET_ACCESS_KEY= s3://space/key --region eu-west-1", 3, "No credentials were found in the environment (AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID)")]
    public async Task Presign_CallOfTheAwsCliThatFails_PrintsOneLine(string commandLine, int exitCode, string error)
    {
        _tool.WithVariable("AWS_CONFIG_FILE", null).WithVariable("AWS_SHARED_CREDENTIALS_FILE", null);

        ToolResult result = await RunAsync(commandLine);

        result.ExitCode.Should().Be(exitCode);
        result.Output.Should().BeEmpty();
        result.Error.Should().StartWith($"presign: {error}").And.EndWith("\n");
        if (exitCode == 2)
        {
            result.Error.Should().Be($"presign: {error}\n");
        }
    }

    // NAME=VALUE in front of the arguments sets a variable, as in a shell.
    private Task<ToolResult> RunAsync(string commandLine)
    {
        string[] words = commandLine.Split(' ');
        string[] variables = [.. words.TakeWhile(word => word.StartsWith("AWS_", StringComparison.Ordinal))];
        foreach (string variable in variables)
        {
            _tool.WithVariable(variable.Split('=')[0], variable.Split('=')[1]);
        }

        return _tool.RunAsync(words[variables.Length..]);
    }
}
