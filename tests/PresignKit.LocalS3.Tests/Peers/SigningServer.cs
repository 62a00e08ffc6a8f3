namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A server, and the URLs and forms that a program signs for it. All are signed by one process.</summary>
public abstract class SigningServer : PeerServer
{
    private readonly Lazy<Task<PeerResult>> _signed;

    protected SigningServer() => _signed = new Lazy<Task<PeerResult>>(SignAsync);

    internal abstract IReadOnlyList<PeerCase> Cases { get; }

    internal virtual IReadOnlyList<PeerFormCase> Forms => PeerFormCase.All;

    /// <summary>Returns a case and its URL.</summary>
    internal async Task<(PeerCase Case, string Url)> UrlAsync(string name)
    {
        int index = Cases.ToList().FindIndex(one => one.Name == name);
        return (Cases[index], (await _signed.Value).Urls[index]);
    }

    /// <summary>Returns a case and its form.</summary>
    internal async Task<(PeerFormCase Case, SignedForm Form)> FormAsync(string name)
    {
        int index = Forms.ToList().FindIndex(one => one.Name == name);
        return (Forms[index], (await _signed.Value).Forms[index]);
    }

    internal abstract Task<PeerResult> SignAsync(PeerJob job);

    /// <summary>Signs requests that are not among the cases.</summary>
    internal async Task<IReadOnlyList<string>> SignAsync(params PeerRequest[] requests) => (await SignAsync(PeerJob.For(this, requests, []))).Urls;

    private async Task<PeerResult> SignAsync()
    {
        List<PeerRequest> requests = [];
        foreach (PeerCase one in Cases)
        {
            requests.Add(one.ToRequest(one.HasUpload ? (await CreateUploadAsync(one.Key)).UploadId : null));
        }

        PeerResult result = await SignAsync(PeerJob.For(this, requests, [.. Forms.Select(form => form.ToForm())]));
        (result.Urls.Count, result.Forms.Count).Should().Be((Cases.Count, Forms.Count));
        return result;
    }
}
