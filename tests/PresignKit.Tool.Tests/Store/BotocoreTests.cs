using System.Diagnostics;
using System.Text.Json;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

/// <summary>Compares the profiles with botocore's reading of the same two files.</summary>
[Trait("Category", "Load")]
public sealed class BotocoreTests : IDisposable
{
    // Prints the access key, the endpoint, the region and the style of each profile in the arguments, as the AWS CLI determines them.
    private const string Script = """
        import json, sys
        import botocore.session
        from botocore.configprovider import ConfiguredEndpointProvider
        result = {}
        for name in sys.argv[1:]:
            session = botocore.session.Session(profile=name)
            scoped = session.get_scoped_config()
            credentials = session.get_credentials()
            frozen = credentials and credentials.get_frozen_credentials()
            s3 = scoped.get('s3')
            result[name] = {
                'accessKeyId': frozen and frozen.access_key,
                'secret': frozen and frozen.secret_key,
                'token': frozen and frozen.token,
                'endpoint': ConfiguredEndpointProvider(session.full_config, scoped, 's3').provide(),
                'region': scoped.get('region') or None,
                'style': s3.get('addressing_style') if isinstance(s3, dict) else None,
            }
        print(json.dumps({'profiles': session.available_profiles, 'values': result}))
        """;

    private const string Config = """
        # A comment
        [default]
        region = eu-west-1
        output=json
        ; another comment
        s3 =
            addressing_style = virtual
            # a comment in a block
            max_concurrent_requests = 20

        [profile static-in-config]
        AWS_ACCESS_KEY_ID = AKIDCONFIG
        aws_secret_access_key = c/onfig+secret=
        region : nyc3
        endpoint_url: https://nyc3.digitaloceanspaces.com

        [profile "quoted name"]
        services = do it
        region = fra1
        s3 =
          addressing_style=path

        [services "do it"]
        ec2 =
          endpoint_url = https://ec2.example
        s3 =
          endpoint_url = https://fra1.digitaloceanspaces.com

        [profile services-without-s3]
        services = other
        endpoint_url = https://global.example
        [services other]
        ec2 =
          endpoint_url = https://ec2.example

        [profile process]
        credential_process = cat KEYFILE
        region = eu-central-1
        [profile both]
        credential_process = cat KEYFILE
        aws_access_key_id = AKIDNOTUSED
        aws_secret_access_key = notused
        region = config

        [profile token]
          aws_access_key_id = ASIAEXAMPLE
          aws_secret_access_key = secret
          aws_session_token = session-token==
        [profile older-token]
        aws_access_key_id = ASIAEXAMPLE
        aws_secret_access_key = secret
        aws_security_token = older
        aws_session_token = newer
        [profile settings-only]
        region =
        s3 = flat
        [profile a b]
        region = not-a-profile
        [preview]
        cloudfront = true
        """;

    private const string Credentials = """
        [default]
        aws_access_key_id = AKIDDEFAULT
        aws_secret_access_key = default/secret

        [both]
        aws_access_key_id = AKIDBOTH
        aws_secret_access_key = both/secret
        region = credentials
        [only here]
        aws_access_key_id = AKIDONLY
        aws_secret_access_key = only
        endpoint_url = https://only.example
        """;

    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [BotocoreFact]
    public async Task Profiles_OfEachKind_AreReadAsByBotocore()
    {
        string keyFile = Path.Combine(_tool.Home, "key.json");
        File.WriteAllText(keyFile, """{"Version":1,"AccessKeyId":"ASIAPROCESS","SecretAccessKey":"process","SessionToken":"process-token","Expiration":"2035-01-01T00:00:00Z"}""");
        _tool.WithConfig(Config.Replace("KEYFILE", keyFile, StringComparison.Ordinal)).WithCredentials(Credentials);
        AwsFiles files = AwsFiles.Read(_tool.Context);

        using JsonDocument expected = JsonDocument.Parse(await RunPythonAsync([.. files.ProfileNames]));

        files.ProfileNames.Should().BeEquivalentTo(expected.RootElement.GetProperty("profiles").EnumerateArray().Select(name => name.GetString()));
        foreach (JsonProperty one in expected.RootElement.GetProperty("values").EnumerateObject())
        {
            (await ReadAsync(files, one.Name)).Should().Be(one.Value.Deserialize<Values>(JsonSerializerOptions.Web), one.Name);
        }
    }

    private async Task<Values> ReadAsync(AwsFiles files, string name)
    {
        AwsProfile profile = files.FindProfile(name)!;
        StoreSettings settings = new() { Profile = name };
        S3Credentials? credentials = (await new ProfileCredentials(_tool.Context, files).FindAsync(profile, default))?.Value;
        return new Values(
            credentials?.AccessKeyId, credentials?.SecretAccessKey, credentials?.SessionToken,
            new StoreResolver(_tool.Context).FindEndpoint(settings)?.Value.ToString(), profile.Find("region"), profile.Find("s3", "addressing_style"));
    }

    private async Task<string> RunPythonAsync(string[] profiles)
    {
        ProcessStartInfo start = new("python3", ["-c", Script, .. profiles]) { RedirectStandardOutput = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in _tool.Environment)
        {
            start.Environment[name] = value;
        }

        // Python programs that are installed for the user are found by the real home directory.
        start.Environment["HOME"] = Environment.GetEnvironmentVariable("HOME");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0);
        return output;
    }

    private sealed record Values(string? AccessKeyId, string? Secret, string? Token, string? Endpoint, string? Region, string? Style);
}
