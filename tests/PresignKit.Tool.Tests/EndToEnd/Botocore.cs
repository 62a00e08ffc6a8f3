using System.Text.Json;
using PresignKit.Testing;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>Lets botocore sign the same requests as <c>presign</c>, with the X-Amz-Date of its URLs.</summary>
internal static class Botocore
{
    // Reads a client and requests as JSON, and writes the URLs as JSON. Without signature_version, clients of some regions would presign with SigV2.
    private const string Script = """
        import datetime, json, re, sys
        import botocore.auth, botocore.config, botocore.session
        job = json.load(sys.stdin)
        client = botocore.session.Session().create_client(
            's3', region_name=job['region'], endpoint_url=job['endpoint'], aws_access_key_id=job['accessKeyId'], aws_secret_access_key=job['secretAccessKey'],
            aws_session_token=job['sessionToken'], config=botocore.config.Config(signature_version='s3v4', s3={'addressing_style': job['style']}))
        urls = []
        for request in job['requests']:
            signed_at = datetime.datetime.strptime(re.search('X-Amz-Date=([0-9TZ]+)', request['url']).group(1), '%Y%m%dT%H%M%SZ')
            botocore.auth.get_current_datetime = lambda remove_tzinfo=True: signed_at
            urls.append(client.generate_presigned_url(request['operation'], Params=request['parameters'], ExpiresIn=request['expiresIn']))
        json.dump(urls, sys.stdout)
        """;

    /// <summary>Signs requests.</summary>
    public static async Task<IReadOnlyList<string>> SignAsync(BotocoreJob job)
    {
        // The settings of the user must not affect the URLs, but Python finds the packages of the user by the home directory.
        Dictionary<string, string?> environment = new() { ["AWS_CONFIG_FILE"] = "/dev/null", ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null", ["BOTO_DISABLE_CRT"] = "true" };
        (int exitCode, string output, string error) = await PresignProcess.RunAsync(["python3", "-c", Script], environment, JsonSerializer.Serialize(job, JsonSerializerOptions.Web));
        exitCode.Should().Be(0, error);
        return JsonSerializer.Deserialize<List<string>>(output)!;
    }
}
