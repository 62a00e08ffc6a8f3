using System.Net;

namespace PresignKit.LiveTests;

internal static class ResponseAssertions
{
    /// <summary>Checks the status and, if one is specified, the store's error code. The failure message contains the whole URL and response.</summary>
    public static async Task ShouldHaveStatus(this HttpResponseMessage response, int status, string? code = null)
    {
        string body = await response.Content.ReadAsStringAsync();
        string context = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.OriginalString} returned {(int)response.StatusCode}: {body}";
        response.StatusCode.Should().Be((HttpStatusCode)status, "{0}", context);
        if (code is not null)
        {
            body.Should().Contain($"<Code>{code}</Code>", "{0}", context);
        }
    }
}
