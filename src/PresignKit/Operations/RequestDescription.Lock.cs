namespace PresignKit;

/// <content>Headers that must not be sent with an upload.</content>
internal sealed partial class RequestDescription
{
    private static readonly string[] UploadLock =
    [
        "x-amz-acl", "x-amz-copy-source", "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
    ];

    /// <summary>
    /// Names headers as signed that must not be sent: a Ceph gateway then refuses a request that has one of them
    /// (those that the operation itself signs excepted).
    /// </summary>
    public void LockUnsignedHeaders()
    {
        foreach (string name in UploadLock)
        {
            if (!HasHeader(name))
            {
                // A null value is a name without a line.
                Add(ref _headers, ref _headerCount, name, null!);
            }
        }
    }

    private bool HasHeader(string name)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
