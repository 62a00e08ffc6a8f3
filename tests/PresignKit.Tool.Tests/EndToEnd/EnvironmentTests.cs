using System.Text.RegularExpressions;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>The environment of a real process: variables and profile files of the AWS CLI, other languages, and other time zones.</summary>
[Trait("Category", "Load")]
public sealed partial class EnvironmentTests : IDisposable
{
    private const string SpacesUrl = "https://my-space.nyc3.digitaloceanspaces.com/k?";

    private static readonly string[] Spaces = ["--endpoint-url", "https://nyc3.digitaloceanspaces.com"];

    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    // 'aws s3 presign' version 1 signs with SigV2 and the global host if only the environment sets the region.
    [Theory]
    [InlineData("AWS_REGION", "eu-central-1", "https://my-space.s3.eu-central-1.amazonaws.com/k?", "eu-central-1")]
    [InlineData("AWS_DEFAULT_REGION", "eu-central-1", "https://my-space.s3.eu-central-1.amazonaws.com/k?", "eu-central-1")]
    [InlineData("AWS_ENDPOINT_URL", "https://nyc3.digitaloceanspaces.com", SpacesUrl, "nyc3")]
    [InlineData("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000", "http://127.0.0.1:9000/my-space/k?", "us-east-1")]
    [InlineData("AWS_PROFILE", "spaces", SpacesUrl, "nyc3")]
    [InlineData("AWS_DEFAULT_OUTPUT", "json", "https://my-space.s3.us-west-2.amazonaws.com/k?", "us-west-2")]
    public async Task Get_VariableOfTheAwsCli_IsUsed(string name, string value, string url, string region)
    {
        WriteProfiles();
        _tool.WithKeys().WithVariable("AWS_REGION", name == "AWS_DEFAULT_OUTPUT" ? "us-west-2" : null).WithVariable(name, value);

        ToolResult result = await _tool.RunProcessAsync("get", "s3://my-space/k");

        (result.ExitCode, result.Error).Should().Be((0, ""));
        result.Output.Should().StartWith(url).And.Contain($"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={SampleUrls.AccessKeyId}%2F").And.Contain($"%2F{region}%2Fs3%2Faws4_request&");
    }

    [Fact]
    public async Task Get_AmbientRegion_GivesWayToTheRegionInTheHost()
    {
        _tool.WithKeys().WithVariable("AWS_REGION", "eu-west-1");

        (await _tool.RunProcessAsync(["s3://my-space/k", "--expires-in", "3600", .. Spaces])).Output.Should().StartWith(SpacesUrl).And.Contain("%2Fnyc3%2Fs3%2F");
    }

    [Theory]
    [InlineData("--profile spaces", "PROFILEKEY")]
    [InlineData("", SampleUrls.AccessKeyId)]
    public async Task Get_KeysInTheEnvironment_GiveWayOnlyToAnExplicitProfile(string options, string accessKey)
    {
        WriteProfiles();
        _tool.WithKeys().WithVariable("AWS_PROFILE", "spaces");

        (await _tool.RunProcessAsync(["get", "s3://my-space/k", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Output.Should().Contain($"X-Amz-Credential={accessKey}%2F");
    }

    // Without the two variables, the files are in the home directory.
    [Fact]
    public async Task Get_FilesInTheHomeDirectory_AreRead()
    {
        WriteProfiles();
        _tool.WithVariable("AWS_CONFIG_FILE", null).WithVariable("AWS_SHARED_CREDENTIALS_FILE", null);

        (await _tool.RunProcessAsync("get", "s3://my-space/k", "--profile", "spaces")).Output.Should().StartWith(SpacesUrl).And.Contain("X-Amz-Credential=PROFILEKEY%2F");
    }

    // Services often run without the variable HOME.
    [Fact]
    public async Task Get_HomeIsNotSet_ReadsTheFilesInTheHomeDirectoryOfTheUser()
    {
        WriteProfiles();
        _tool.WithVariable("AWS_CONFIG_FILE", null).WithVariable("AWS_SHARED_CREDENTIALS_FILE", null).WithVariable("HOME", null);

        (await _tool.RunAsync("get", "s3://my-space/k", "--profile", "spaces")).Output.Should().StartWith(SpacesUrl).And.Contain("X-Amz-Credential=PROFILEKEY%2F");
    }

    // The AWS SDK reads the folder .aws in the current directory if the variable HOME is missing. Programs need the variable as well.
    [ProgramTheory("bash", "-c", "true")]
    [InlineData(null)]
    [InlineData("")]
    public async Task Get_HomeIsNotSet_SetsItForTheSdkAndForPrograms(string? home)
    {
        _tool.WithConfig("""
            [profile p]
            credential_process = sh -c 'echo "{\"Version\": 1, \"AccessKeyId\": \"AKID$(test -d "$HOME" && echo HOME)\", \"SecretAccessKey\": \"example\"}"'
            """).WithVariable("HOME", home);

        (await _tool.RunProcessAsync(["get", "s3://my-space/k", "--profile", "p", .. Spaces])).Output.Should().Contain("X-Amz-Credential=AKIDHOME%2F");
    }

    [Fact]
    public async Task Get_IgnoredEndpoints_AreNotUsed()
    {
        WriteProfiles();
        _tool.WithVariable("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000").WithVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");

        (await _tool.RunProcessAsync("get", "s3://my-space/k", "--profile", "spaces", "--region", "eu-west-1")).Output.Should().StartWith("https://my-space.s3.eu-west-1.amazonaws.com/k?");
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "presign: The environment variable AWS_SECRET_ACCESS_KEY is not set, *")]
    [InlineData("AWS_PROFILE", "nope", "presign: AWS_PROFILE: *'nope'*spaces*")]
    [InlineData("OTHER", "", "presign: No credentials were found in the environment (AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID), *")]
    public async Task Get_CredentialsMissing_IsOneErrorWithExitCode3(string name, string value, string error)
    {
        WriteProfiles();
        _tool.WithVariable(name, value);

        ToolResult result = await _tool.RunProcessAsync(["get", "s3://my-space/k", .. Spaces]);

        (result.ExitCode, result.Output).Should().Be((ExitCode.Setup, ""));
        result.Error.Should().Match(error);
        result.Error.TrimEnd('\n').Should().NotContain("\n");
    }

    // The Thai and the Arabic culture have other calendars, digits and separators.
    [ProgramTheory("bash", "-c", "true")]
    [InlineData("th_TH.UTF-8", "Asia/Bangkok")]
    [InlineData("ar_SA.UTF-8", "Asia/Kathmandu")]
    [InlineData("tr_TR.UTF-8", "America/St_Johns")]
    [InlineData("de_DE.ISO-8859-1", "Pacific/Apia")]
    public async Task Output_OtherCultureAndTimeZone_IsTheSame(string culture, string timeZone)
    {
        const string Script = """
            presign get s3://my-space/Größe.pdf --endpoint-url https://nyc3.digitaloceanspaces.com --expires-in 1d --download-as 'März.pdf' --json --verbose
            presign put s3://my-space/INI.gif --endpoint-url https://nyc3.digitaloceanspaces.com --content-type IMAGE/GIF --verbose
            presign post s3://my-space/k --endpoint-url https://nyc3.digitaloceanspaces.com --size 1..5MiB --curl k | sed 's/policy=[^'\'']*/policy=…/'
            printf 'ı\nInvoice\nกุ้ง\n' | presign batch s3://my-space --endpoint-url https://nyc3.digitaloceanspaces.com --ndjson
            printf 'ı\nInvoice\nกุ้ง\n' | presign batch s3://my-space --endpoint-url https://nyc3.digitaloceanspaces.com --tsv
            presign get s3://my-space/k --endpoint-url https://nyc3.digitaloceanspaces.com --expires-in 8d
            presign get s3://my-space/k --endpoint-url https://nyc3.digitaloceanspaces.com --until 2020-12-24T18:00Z
            presign inspect 'https://my-space.nyc3.digitaloceanspaces.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20200314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20200314T150926Z&X-Amz-Expires=90061&X-Amz-SignedHeaders=host&X-Amz-Signature=0123456789012345678901234567890123456789012345678901234567890123'
            presign providers
            presign put --help
            """;
        _tool.WithKeys();
        ToolResult expected = await RunAsync("C", "UTC");

        ToolResult result = await RunAsync(culture, timeZone);

        result.Output.Should().Be(expected.Output);
        result.Error.Should().Be(expected.Error);
        expected.Output.Should().Contain("\"expiresAt\":\"<time>+00:00\"").And.Contain("2020-03-14 15:09:26Z with SigV4").And.Contain("กุ้ง\t");

        async Task<ToolResult> RunAsync(string language, string zone)
        {
            ToolResult result = await _tool.WithVariable("LANG", language).WithVariable("LC_ALL", language).WithVariable("TZ", zone).WithVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", null).RunScriptAsync(Script);
            return result with { Output = Mask(result.Output), Error = Mask(result.Error) };
        }
    }

    // The clock of the process is the real one. The other times in the test are in 2020. bash warns about cultures that are not installed, which presign does not need.
    private static string Mask(string text) => Elapsed().Replace(Time().Replace(Signature().Replace(Warning().Replace(text, ""), "<signature>"), "<time>"), "expired <elapsed> ago");

    private void WriteProfiles() => _tool
        .WithConfig("[profile spaces]\nendpoint_url = https://nyc3.digitaloceanspaces.com\n")
        .WithCredentials("[spaces]\naws_access_key_id = PROFILEKEY\naws_secret_access_key = profile-secret\n");

    [GeneratedRegex(@"20(2[6-9]|[3-9]\d)-?\d\d-?\d\d([T ]\d\d:?\d\d:?\d\d)?")]
    private static partial Regex Time();

    [GeneratedRegex("(?<=x-amz-signature=)[0-9a-f]{64}", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();

    [GeneratedRegex("^bash: warning: setlocale: .*\n", RegexOptions.Multiline)]
    private static partial Regex Warning();

    [GeneratedRegex("expired .* ago", RegexOptions.IgnoreCase)]
    private static partial Regex Elapsed();
}
