// What the File System Access API adds to the page, as far as it is used; TypeScript's own library has it not yet, as not every browser does.

interface FileSystemHandle {
  queryPermission(descriptor: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
  requestPermission(descriptor: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
}

interface Window {
  showSaveFilePicker?(options: {
    id?: string;
    suggestedName?: string;
    startIn?: string;
    types?: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}
