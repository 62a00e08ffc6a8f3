using System.Text;

namespace PresignKit;

/// <content>From the properties to a form. A message that holds texts of the policy is made where it is thrown: forms that nothing is wrong with would pay for it.</content>
public sealed partial record PostPolicy
{
    /// <summary>Says which fields and conditions the form has, those of the signature excepted.</summary>
    internal void Describe(PostForm form, string bucket)
    {
        RefuseContradictions();
        DescribeObject(form);
        form.AddOptional("success_action_status", HeaderText.Number(SuccessStatus));
        form.AddOptional("success_action_redirect", SuccessRedirect);
        foreach (KeyValuePair<string, string> field in Fields)
        {
            form.Add(field.Key, field.Value);
        }

        if (ContentTypePrefix is not null)
        {
            form.Ask(PostCondition.StartsWith("Content-Type", ContentTypePrefix));
        }

        foreach (PostCondition condition in Conditions)
        {
            PostForm.RefuseIf(condition is null, "One of the policy's Conditions is null. Leave it out.");
            form.Ask(condition!);
        }

        PostForm.RefuseIf(
            form.Has("success_action_status") && form.Has("success_action_redirect"),
            "Both SuccessStatus and SuccessRedirect are set; stores redirect then, and overlook the status. Leave one out.");
        DescribeKey(form);
        form.RequireUnchecked("bucket", bucket);
        form.ContentLength = ContentLength;
    }

    private void RefuseContradictions()
    {
        if (ContentType is not null && ContentTypePrefix is not null)
        {
            throw PostForm.Refusal(
                $"Both ContentType ('{Printable.Text(ContentType)}') and ContentTypePrefix ('{Printable.Text(ContentTypePrefix)}') are set. Leave one out: the first is the type, the second lets the page choose it.");
        }

        PostForm.RefuseIf(
            ServerSideEncryption is not null && SseCustomerKey is not null,
            "Both ServerSideEncryption and SseCustomerKey are set: the object has one encryption. Leave one out.");
        if (UseFileName && _key.IsExact)
        {
            throw PostForm.Refusal($"UseFileName is set, and ForKey allows the key '{_key}' alone. Use ForKeyPrefix or ForAnyKey, or leave UseFileName out.");
        }
    }

    private void DescribeObject(PostForm form)
    {
        form.AddOptional("Content-Type", ContentType);
        form.AddOptional("Cache-Control", CacheControl);
        form.AddOptional("Content-Disposition", ContentDisposition);
        form.AddOptional("Content-Encoding", ContentEncoding);
        form.AddOptional("acl", Acl);
        if (Metadata is not null)
        {
            DescribeMetadata(form, Metadata);
        }

        form.AddOptional("tagging", Tagging is null ? null : Encoding.UTF8.GetString(TagRules.ToXml(Tagging, PostForm.Policy)));
        form.AddOptional("x-amz-storage-class", StorageClass);
        DescribeHeaders(form);
    }

    private static void DescribeMetadata(PostForm form, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (KeyValuePair<string, string> pair in metadata)
        {
            PostForm.RefuseIf(pair.Key.Length == 0, "A metadata entry has no name. Give it one, or leave the entry out.");
            if (pair.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw PostForm.Refusal($"The metadata name '{Printable.Text(pair.Key)}' begins with {MetadataPrefix}, which is added to it. Write the rest of the name alone.");
            }

            form.Add(MetadataPrefix + pair.Key, pair.Value);
        }
    }

    // What is described as headers elsewhere.
    private void DescribeHeaders(PostForm form)
    {
        RequestDescription request = RequestDescription.Rent();
        try
        {
            request.ParamName = PostForm.Policy;
            ServerSideEncryption?.Describe(request);
            SseCustomerKey?.Describe(request);
            Checksum?.Describe(request);
            foreach (KeyValuePair<string, string> header in request.Headers)
            {
                form.Add(header.Key, header.Value);
            }
        }
        finally
        {
            request.Return();
        }
    }

    private void DescribeKey(PostForm form)
    {
        if (_key.IsExact)
        {
            form.AddUnchecked("key", _key.Text);
        }
        else if (UseFileName)
        {
            form.AddUncheckedPrefix("key", _key.Text, PostKey.FileName);
        }
        else
        {
            form.AskUnchecked(PostCondition.StartsWith("key", _key.Text));
        }
    }
}
