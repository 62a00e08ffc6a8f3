namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A request that a different tool presigns, and its effect.</summary>
/// <param name="Name">The name of the test case, which is also the folder of its key.</param>
/// <param name="Operation">The operation in the S3 API.</param>
/// <param name="Method">The HTTP method.</param>
internal sealed record PeerCase(string Name, string Operation, string Method)
{
    public const int ExpiresIn = 3600;
    public const string Content = "content of the object";
    public const string ETagOfContent = "\"9678498b1eee9b52e0d9cdb11e36a6fc\"";
    public const string PartOne = "part one";
    public const string ETagOfPartOne = "\"3303e12af474ca11d85ed2966a932992\"";

    /// <summary>Gets the parameters of the operation without the bucket, the key and the upload ID.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    public bool HasKey { get; init; } = true;

    /// <summary>Gets a value that indicates whether the key has a multipart upload with one part.</summary>
    public bool HasUpload { get; init; }

    public bool IsVirtualHosted { get; init; }

    /// <summary>Gets the headers that the client sends if the URL signs them. A header that the tool moves into the query instead is not sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? Body { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Gets a function that checks the response and what is stored.</summary>
    public Func<PeerServer, PeerCase, HttpResponseMessage, Task> Check { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Gets the function that changes the request to a program, or <c>null</c>.</summary>
    public Func<PeerRequest, PeerRequest>? Configure { get; init; }

    /// <summary>Gets the key. Each tool must escape the characters as S3 does.</summary>
    public string Key => Name + "/a b+c=d~é(1).txt";

    public PeerRequest ToRequest(string? uploadId)
    {
        Dictionary<string, object> parameters = new(Parameters) { ["Bucket"] = PeerServer.Bucket };
        if (HasKey)
        {
            parameters["Key"] = Key;
        }

        if (uploadId is not null)
        {
            parameters["UploadId"] = uploadId;
        }

        PeerRequest request = new(Operation, parameters) { IsVirtualHosted = IsVirtualHosted };
        return Configure is null ? request : Configure(request);
    }

    public override string ToString() => Name;
}
