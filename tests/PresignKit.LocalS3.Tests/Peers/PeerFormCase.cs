namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A form that a different tool presigns.</summary>
internal sealed record PeerFormCase(string Name, string Key)
{
    public const string FileName = "é 1.txt";
    public const string File = "hello";

    public static IReadOnlyList<PeerFormCase> All { get; } =
    [
        new("exact key", "forms/exact +é.txt"),
        new("virtual-hosted", "forms/virtual.txt") { IsVirtualHosted = true },
        new("file name and conditions", "forms/${filename}")
        {
            Fields = new Dictionary<string, string> { ["Content-Type"] = "text/plain", ["x-amz-meta-by"] = "Ada", ["x-amz-server-side-encryption"] = "AES256", ["success_action_status"] = "201" },
            Conditions =
            [
                new[] { "starts-with", "$Content-Type", "text/" }, new Dictionary<string, string> { ["x-amz-meta-by"] = "Ada" }, new[] { "eq", "$x-amz-server-side-encryption", "AES256" },
                new Dictionary<string, string> { ["success_action_status"] = "201" }, new object[] { "content-length-range", 1, 10 },
            ],
            Status = 201,
            MaxLength = 10,
        },
    ];

    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<object> Conditions { get; init; } = [];

    public bool IsVirtualHosted { get; init; }

    public int Status { get; init; } = 204;

    /// <summary>Gets the maximum length of the file, or <c>null</c> if the policy does not limit it.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Gets the key of the stored object.</summary>
    public string StoredKey => Key.Replace("${filename}", FileName, StringComparison.Ordinal);

    public PeerForm ToForm() => new(PeerServer.Bucket, Key, Fields, Conditions) { IsVirtualHosted = IsVirtualHosted };
}
