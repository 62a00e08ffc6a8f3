using System.Net;

namespace PresignKit.LiveTests;

internal static class ResponseAssertions
{
    /// <summary>Checks the status, and the store's error code where one is given; shows the whole URL and answer where they differ.</summary>
    public static async Task ShouldHaveStatus(this HttpResponseMessage response, int status, string? code = null)
    {
        string body = await response.Content.ReadAsStringAsync();
        string context = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.OriginalString} answered {(int)response.StatusCode}: {body}";
        response.StatusCode.Should().Be((HttpStatusCode)status, "{0}", context);
        if (code is not null)
        {
            body.Should().Contain($"<Code>{code}</Code>", "{0}", context);
        }
    }
}
