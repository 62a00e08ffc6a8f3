using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Objects of all public types, with a secret wherever the type accepts one.</summary>
internal static class SecretSamples
{
    /// <summary>Types that cannot contain a secret, because no member accepts a key, a token or a header.</summary>
    public static readonly Type[] SecretFree =
    [
        typeof(AwsEndpointOptions), typeof(ByteRange), typeof(Checksum), typeof(AccessGrants), typeof(ObjectLock), typeof(ServerSideEncryption), typeof(CompletedPart),
        typeof(S3Endpoint), typeof(S3Provider), typeof(ResponseHeaderOverrides), typeof(PresignedUrlVerifierOptions),
        typeof(PresignedPostVerifierOptions),
        typeof(PostKey), typeof(ContentLengthRange),
    ];

    private static readonly KeyValuePair<string, string>[] SecretHeaders = TestPresigner.Pairs(
        ("x-amz-server-side-encryption-customer-algorithm", "AES256"), ("x-amz-server-side-encryption-customer-key", Markers.CustomerKeyBase64));

    private static readonly CopySource Source = new("my-space", "from") { SseCustomerKey = Key };

    public static PresignedUrl Presigned { get; } = MarkSignature(Presigner().Presign(Upload));

    /// <summary>A URL that signs only the host header.</summary>
    public static PresignedUrl Bare { get; } = MarkSignature(Presigner().Presign(new GetObject("key")));

    public static PresignedPost Posted { get; } = MarkForm(Presigner().PresignPost(Policy));

    public static readonly Dictionary<Type, Func<object>> All = new()
    {
        [typeof(S3Credentials)] = () => Credentials,
        [typeof(DelegateCredentialsProvider)] = () => new DelegateCredentialsProvider(_ => new ValueTask<S3Credentials>(Credentials)),
        [typeof(RefreshingCredentialsProvider)] = CreateRefreshingProvider,
        [typeof(EnvironmentCredentialsProvider)] = CreateEnvironmentProvider,
        [typeof(PresignerOptions)] = Options,
        [typeof(S3Presigner)] = CreateUsedPresigner,
        [typeof(PresignedUrl)] = () => Presigned,
        [typeof(PresignedPost)] = () => Posted,
        [typeof(PresignedUrlJsonConverter)] = () => new PresignedUrlJsonConverter(),
        [typeof(PresignedPostJsonConverter)] = () => new PresignedPostJsonConverter(),
        [typeof(ResignedUrl)] = () => Presigner().Resign(Bare.Url, HttpMethod.Get),
        [typeof(ResignChanges)] = () => new ResignChanges { Headers = SecretHeaders },
        [typeof(PresignedUrlInfo)] = () => PresignedUrlInfo.TryParse(Presigned.Url, out PresignedUrlInfo? info) ? info : throw new InvalidOperationException(),
        [typeof(PresignedUrlVerifier)] = CreateUsedVerifier,
        [typeof(PresignedUrlVerificationResult)] = () => CreateUsedVerifier().Verify(HttpMethod.Put, Presigned.Url, Presigned.RequiredHeaders),
        [typeof(PresignedPostVerifier)] = CreateUsedPostVerifier,
        [typeof(PresignedPostVerificationResult)] = () => RejectedPost,
        [typeof(SignatureExplanation)] = () => Presigner().Explain(Upload),
        [typeof(SignatureComparison)] = () => Presigner().Explain(Upload).CompareWith(ErrorResponse),
        [typeof(SigV4QueryRequest)] = () => new SigV4QueryRequest(HttpMethod.Get, "sts.eu-west-1.amazonaws.com") { Headers = SecretHeaders },
        [typeof(SigV4QuerySigner)] = CreateUsedSigner,
        [typeof(SseCustomerKey)] = () => Key,
        [typeof(CopySource)] = () => Source,
        [typeof(PostPolicy)] = () => Policy,
        [typeof(PostCondition)] = () => PostCondition.ExactMatch("x-amz-server-side-encryption-customer-key", Markers.CustomerKeyBase64),
        [typeof(GetObject)] = () => new GetObject("key") { SseCustomerKey = Key, Headers = SecretHeaders },
        [typeof(HeadObject)] = () => new HeadObject("key") { SseCustomerKey = Key, Headers = SecretHeaders },
        [typeof(PutObject)] = () => Upload,
        [typeof(DeleteObject)] = () => new DeleteObject("key") { Headers = SecretHeaders },
        [typeof(CopyObject)] = () => new CopyObject("key", Source) { SseCustomerKey = Key },
        [typeof(CreateMultipartUpload)] = () => new CreateMultipartUpload("key") { SseCustomerKey = Key },
        [typeof(UploadPart)] = () => new UploadPart("key", "id", 1) { SseCustomerKey = Key },
        [typeof(UploadPartCopy)] = () => new UploadPartCopy("key", "id", 1, Source) { SseCustomerKey = Key },
        [typeof(CompleteMultipartUpload)] = () => new CompleteMultipartUpload("key", "id") { SseCustomerKey = Key },
        [typeof(AbortMultipartUpload)] = () => new AbortMultipartUpload("key", "id") { Headers = SecretHeaders },
        [typeof(ListParts)] = () => new ListParts("key", "id") { Headers = SecretHeaders },
        [typeof(ListObjectsV2)] = () => new ListObjectsV2 { Headers = SecretHeaders },
        [typeof(ListMultipartUploads)] = () => new ListMultipartUploads { Headers = SecretHeaders },
        [typeof(HeadBucket)] = () => new HeadBucket { Headers = SecretHeaders },
        [typeof(GetObjectTagging)] = () => new GetObjectTagging("key") { Headers = SecretHeaders },
        [typeof(PutObjectTagging)] = () => new PutObjectTagging("key") { Headers = SecretHeaders },
        [typeof(DeleteObjectTagging)] = () => new DeleteObjectTagging("key") { Headers = SecretHeaders },
        [typeof(GetObjectAttributes)] = () => new GetObjectAttributes("key", ObjectAttributes.ETag) { SseCustomerKey = Key },
        [typeof(S3BucketRequest)] = () => new S3BucketRequest(HttpMethod.Put) { Headers = SecretHeaders },
        [typeof(S3ServiceRequest)] = () => new S3ServiceRequest(HttpMethod.Get) { Headers = SecretHeaders },
        [typeof(S3Request)] = () => new S3Request(HttpMethod.Put, "key") { Bucket = "my-space", Headers = SecretHeaders },
    };

    public static SseCustomerKey Key => new(Markers.CustomerKey);

    public static PutObject Upload => new("key") { SseCustomerKey = Key };

    public static S3Credentials Credentials => new("AKPRESIGNKITTEST", Markers.SecretAccessKey, Markers.SessionToken, TestPresigner.Now.AddHours(12));

    public static PostPolicy Policy => new PostPolicy(PostKey.Prefix("up/")) { SseCustomerKey = Key, Fields = TestPresigner.Pairs(("x-amz-meta-note", "seen")) };

    /// <summary>An error response that repeats the request as the store received it, including the token and the key.</summary>
    public static string ErrorResponse =>
        $"<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>PUT\n/key\nX-Amz-Security-Token={Uri.EscapeDataString(Markers.SessionToken)}\n"
        + $"host:my-space.nyc3.digitaloceanspaces.com\nx-amz-server-side-encryption-customer-key:{Markers.CustomerKeyBase64}x\n\nhost\nUNSIGNED-PAYLOAD</CanonicalRequest></Error>";

    public static PresignerOptions Options() => TestPresigner.Options(options =>
        (options.SecretAccessKey, options.SessionToken) = (Markers.SecretAccessKey, Markers.SessionToken));

    public static S3Presigner Presigner() => new(Options(), new FakeTimeProvider(TestPresigner.Now));

    /// <summary>A form whose encryption key was replaced, so that the result quotes the condition on the key.</summary>
    private static PresignedPostVerificationResult RejectedPost
    {
        get
        {
            IEnumerable<KeyValuePair<string, string>> changed = Posted.Fields.Append(new("key", "up/a"))
                .Select(one => one.Key == "x-amz-server-side-encryption-customer-key" ? new(one.Key, "changed") : one);
            PresignedPostVerificationResult result = CreateUsedPostVerifier().Verify(TestPresigner.Bucket, changed);
            result.Condition.Should().Be("""["eq", "$x-amz-server-side-encryption-customer-key", "***"]""");
            return result;
        }
    }

    // The calls cache a signing key in the presigner.
    private static S3Presigner CreateUsedPresigner()
    {
        S3Presigner presigner = Presigner();
        presigner.Presign(Upload);
        presigner.PresignPost(Policy);
        return presigner;
    }

    private static PresignedUrlVerifier CreateUsedVerifier()
    {
        PresignedUrlVerifier verifier = new(_ => Credentials, timeProvider: new FakeTimeProvider(TestPresigner.Now));
        verifier.Verify(HttpMethod.Put, Presigned.Url, Presigned.RequiredHeaders).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
        return verifier;
    }

    private static PresignedPostVerifier CreateUsedPostVerifier()
    {
        PresignedPostVerifier verifier = new(_ => Credentials, timeProvider: new FakeTimeProvider(TestPresigner.Now));
        verifier.Verify(TestPresigner.Bucket, [.. Posted.Fields, new("key", "up/a")]).Status.Should().Be(PresignedPostVerificationStatus.Valid);
        return verifier;
    }

    private static SigV4QuerySigner CreateUsedSigner()
    {
        SigV4QuerySigner signer = new(Credentials, "eu-west-1", "sts", new FakeTimeProvider(TestPresigner.Now));
        MarkSignature(signer.Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.eu-west-1.amazonaws.com")));
        return signer;
    }

    private static RefreshingCredentialsProvider CreateRefreshingProvider()
    {
        RefreshingCredentialsProvider provider = new(Credentials, new FakeTimeProvider(TestPresigner.Now));
        provider.GetCredentialsAsync().AsTask().Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
        return provider;
    }

    private static EnvironmentCredentialsProvider CreateEnvironmentProvider()
    {
        EnvironmentCredentialsProvider provider = new(name => name switch
        {
            "AWS_ACCESS_KEY_ID" => "AKPRESIGNKITTEST",
            "AWS_SECRET_ACCESS_KEY" => Markers.SecretAccessKey,
            "AWS_SESSION_TOKEN" => Markers.SessionToken,
            _ => null,
        });
        provider.GetCredentialsAsync().AsTask().Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
        return provider;
    }

    private static PresignedUrl MarkSignature(PresignedUrl presigned)
    {
        Markers.Add("a signature", presigned.Url[^64..]);
        return presigned;
    }

    private static PresignedPost MarkForm(PresignedPost posted)
    {
        Markers.Add("a form's signature", posted.Fields.Single(field => field.Key == "x-amz-signature").Value);
        Markers.Add("a form's policy", posted.Fields.Single(field => field.Key == "policy").Value);
        return posted;
    }
}
